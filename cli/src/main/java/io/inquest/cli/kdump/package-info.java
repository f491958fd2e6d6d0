/// The commands about catching the next crash.
@NullMarked
package io.inquest.cli.kdump;

import org.jspecify.annotations.NullMarked;
