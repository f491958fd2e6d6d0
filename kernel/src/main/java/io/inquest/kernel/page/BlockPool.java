package io.inquest.kernel.page;

import java.util.ArrayDeque;
import java.util.Deque;

/// Blocks of struct pages that wait for the next window. With new ones for each window, a long run would fill all of
/// the heap that it is allowed, however little it needs.
final class BlockPool {

    private final StructPageSource source;
    private final Deque<StructPages> waiting = new ArrayDeque<>();

    BlockPool(StructPageSource source) {
        this.source = source;
    }

    /// A block of `capacity` struct pages, for the caller alone until it is given back.
    synchronized StructPages take(int capacity) {
        StructPages block = waiting.poll();
        // Of another size where the number of threads changed: that size is not needed any more.
        return block != null && block.capacity() == capacity ? block : source.newBlock(capacity);
    }

    synchronized void giveBack(StructPages block) {
        waiting.push(block);
    }
}
