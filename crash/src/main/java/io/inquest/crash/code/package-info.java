/// Code of the dead kernel: its instructions by function, and where the values that they use come from.
@NullMarked
package io.inquest.crash.code;

import org.jspecify.annotations.NullMarked;
