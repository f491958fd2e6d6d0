/// Tasks and CPUs of the dead kernel: which there are, what they were doing, which of them died.
@NullMarked
package io.inquest.kernel.task;

import org.jspecify.annotations.NullMarked;
