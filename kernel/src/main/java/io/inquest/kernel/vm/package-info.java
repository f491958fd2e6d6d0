/// Virtual memory: what a task has mapped, and what the kernel has mapped outside the direct map.
@NullMarked
package io.inquest.kernel.vm;

import org.jspecify.annotations.NullMarked;
