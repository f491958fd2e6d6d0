/// The commands of other programs under `inquest`: their arguments go to them as they are.
@NullMarked
package io.inquest.cli.compatible;

import org.jspecify.annotations.NullMarked;
