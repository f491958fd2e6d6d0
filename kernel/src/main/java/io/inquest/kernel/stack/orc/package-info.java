/// The kernel's own unwinding tables of x86-64 (ORC), read where they lie in the dead kernel's memory.
@NullMarked
package io.inquest.kernel.stack.orc;

import org.jspecify.annotations.NullMarked;
