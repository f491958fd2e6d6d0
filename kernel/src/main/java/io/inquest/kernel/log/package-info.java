/// The kernel's log buffer in its three shapes.
@NullMarked
package io.inquest.kernel.log;

import org.jspecify.annotations.NullMarked;
