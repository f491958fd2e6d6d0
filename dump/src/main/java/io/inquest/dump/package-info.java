/// Dumps as their users see them: open one with [io.inquest.dump.Dumps], read page frames through
/// [io.inquest.dump.PhysicalMemory], and learn why a page frame is not there.
@NullMarked
package io.inquest.dump;

import org.jspecify.annotations.NullMarked;
