/// Physical memory as the kernel manages it: nodes, their zones, free blocks, and the counters of all of them.
@NullMarked
package io.inquest.kernel.zone;

import org.jspecify.annotations.NullMarked;
