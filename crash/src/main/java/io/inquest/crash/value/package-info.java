/// Values and types of C as gdb and crash spell them, and expressions of C over the dead kernel's memory.
@NullMarked
package io.inquest.crash.value;

import org.jspecify.annotations.NullMarked;
