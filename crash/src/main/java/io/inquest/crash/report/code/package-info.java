/// The code around the instruction at which the kernel died, out of the dump or out of an oops.
@NullMarked
package io.inquest.crash.report.code;

import org.jspecify.annotations.NullMarked;
