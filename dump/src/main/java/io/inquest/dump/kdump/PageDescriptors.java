package io.inquest.dump.kdump;

import io.inquest.dump.format.LostPages;
import io.inquest.dump.format.Zeros;
import io.inquest.dump.io.ByteSource;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.concurrent.atomic.AtomicReferenceArray;

/// The page descriptors of a kdump-compressed file: where each page of bitmap 2 is stored, in order of page frames.
///
/// | Offset | Size | Field        | Meaning                                              |
/// |-------:|-----:|--------------|------------------------------------------------------|
/// |      0 |    8 | `offset`     | file offset of the stored bytes; 0: never written    |
/// |      8 |    4 | `size`       | number of stored bytes                               |
/// |     12 |    4 | `flags`      | how they are compressed, 0 for not at all            |
/// |     16 |    8 | `page_flags` | always 0                                             |
///
/// The same 24 bytes in every ABI, in the file's byte order. Read in blocks of 512, of which up to 128 are kept.
final class PageDescriptors {

    static final int BYTES = 24;

    private static final int BLOCK_SHIFT = 9;
    private static final int CACHED_BLOCKS = 128;

    private final ByteSource source;
    private final LostPages lostPages;
    private final ByteOrder order;
    private final long position;
    private final AtomicReferenceArray<Block> cache = new AtomicReferenceArray<>(CACHED_BLOCKS);

    /// 512 descriptors; those behind the end of the file read as zeros, like those that were never written.
    record Block(long index, ByteBuffer bytes) {

        long offset(int at) {
            return bytes.getLong(at * BYTES);
        }

        int size(int at) {
            return bytes.getInt(at * BYTES + 8);
        }

        int flags(int at) {
            return bytes.getInt(at * BYTES + 12);
        }

        long pageFlags(int at) {
            return bytes.getLong(at * BYTES + 16);
        }
    }

    PageDescriptors(ByteSource source, ByteOrder order, long position, LostPages lostPages) {
        this.source = source;
        this.lostPages = lostPages;
        this.order = order;
        this.position = position;
    }

    /// The block that holds descriptor `index`, at [#indexInBlock].
    Block block(long index) throws IOException {
        long wanted = index >>> BLOCK_SHIFT;
        int slot = (int) (wanted & (CACHED_BLOCKS - 1));
        Block block = cache.get(slot);
        if (block == null || block.index != wanted) {
            block = new Block(wanted, load(wanted));
            cache.set(slot, block);
        }
        return block;
    }

    static int indexInBlock(long index) {
        return (int) (index & ((1 << BLOCK_SHIFT) - 1));
    }

    private ByteBuffer load(long block) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(BYTES << BLOCK_SHIFT).order(order);
        long start = position + block * bytes.capacity();
        try {
            fill(bytes, start, 0, bytes.capacity());
        } catch (IOException refused) {
            lostPages.refused("one of the page descriptors from byte " + start + " on", refused);
            for (int at = 0; at < bytes.capacity(); at += BYTES) {
                fillOne(bytes, start, at);
            }
        }
        return bytes.clear();
    }

    /// A descriptor that cannot be read is zero, so that its page is lost and no other.
    private void fillOne(ByteBuffer bytes, long start, int at) {
        try {
            fill(bytes, start, at, at + BYTES);
        } catch (IOException refused) {
            Zeros.fill(bytes, at, at + BYTES);
        }
    }

    /// Fills `[from, to)` with whole descriptors, as far as the file goes.
    private void fill(ByteBuffer bytes, long start, int from, int to) throws IOException {
        bytes.limit(to).position(from);
        while (bytes.hasRemaining() && source.read(start + bytes.position(), bytes) > 0) {
            // Short reads are allowed; the end of the file leaves zeros.
        }
        Zeros.fill(bytes, bytes.position() / BYTES * BYTES, bytes.position());
        if (!source.covers(start + from, bytes.position() - from)) {
            clearHoles(bytes, start, from, bytes.position());
        }
    }

    /// What is left of a descriptor of which a part is in a hole would lead elsewhere.
    private void clearHoles(ByteBuffer bytes, long start, int from, int to) {
        for (int at = from; at < to; at += BYTES) {
            if (!source.covers(start + at, BYTES)) {
                Zeros.fill(bytes, at, Math.min(at + BYTES, to));
            }
        }
    }
}
