package io.inquest.dump.kdump;

import io.inquest.dump.PageBitmap;
import io.inquest.dump.io.ByteSource;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReferenceArray;

/// One bitmap of a kdump-compressed file: bit `pfn & 7` of byte `pfn >> 3` belongs to page frame `pfn`.
///
/// Read in blocks of 32 KiB (1 GiB of memory in 4 KiB frames), of which up to 64 are kept. The number of set
/// bits below a frame comes from a count per block, made as far as anybody asked, and from counts inside the
/// block. So a dump of 12 TiB costs about 100 KB for counts and 2.2 MB for blocks, not the 400 MB of its
/// bitmap. Blocks without a bit, of the holes between a machine's memories, are passed over at once.
///
/// Where the file ends or has a hole, the bits from there on are not known: nobody wrote them. They read as 0, but what
/// is counted across them means nothing.
final class FrameBitmap {

    private static final int BLOCK_SHIFT = 18;
    private static final int BLOCK_WORDS = 1 << (BLOCK_SHIFT - 6);
    private static final int CACHED_BLOCKS = 64;
    private static final int GROUP_SHIFT = 4;

    private final ByteSource source;
    private final long position;
    private final long frames;
    private final long knownEnd;
    private final AtomicReferenceArray<Block> cache = new AtomicReferenceArray<>(CACHED_BLOCKS);

    private final long origin;
    private final Object countLock = new Object();
    private volatile long[] counts = new long[16];
    private volatile int counted = 1;

    /// The words of one block, and for each group of 16 words the number of bits set before it.
    private static final class Block {

        private static final ByteBuffer NO_BITS = ByteBuffer.allocate(BLOCK_WORDS * Long.BYTES);
        private static final long[] NO_WORDS = new long[BLOCK_WORDS];
        private static final int[] NONE_BEFORE = new int[BLOCK_WORDS >> GROUP_SHIFT];

        final long index;
        final long[] words;
        final int[] before;
        final int total;

        Block(long index, ByteBuffer bytes) {
            this.index = index;
            if (bytes.mismatch(NO_BITS.duplicate()) < 0) {
                words = NO_WORDS;
                before = NONE_BEFORE;
                total = 0;
                return;
            }
            words = new long[BLOCK_WORDS];
            before = new int[BLOCK_WORDS >> GROUP_SHIFT];
            bytes.order(ByteOrder.LITTLE_ENDIAN).asLongBuffer().get(words);
            int sum = 0;
            for (int i = 0; i < BLOCK_WORDS; i++) {
                if ((i & ((1 << GROUP_SHIFT) - 1)) == 0) {
                    before[i >> GROUP_SHIFT] = sum;
                }
                sum += Long.bitCount(words[i]);
            }
            total = sum;
        }

        boolean isEmpty() {
            return total == 0;
        }

        boolean get(int bit) {
            return ((words[bit >>> 6] >>> bit) & 1) != 0;
        }

        int rank(int bit) {
            int word = bit >>> 6;
            int group = word >> GROUP_SHIFT;
            int sum = before[group];
            for (int i = group << GROUP_SHIFT; i < word; i++) {
                sum += Long.bitCount(words[i]);
            }
            return sum + Long.bitCount(words[word] & ((1L << bit) - 1));
        }
    }

    /// The bitmap of `frames` page frames at `position`; ranks count from frame `origin` on.
    FrameBitmap(ByteSource source, long position, long frames, long origin) {
        this.source = source;
        this.position = position;
        this.frames = frames;
        this.origin = origin;
        long bytes = source.nextData(position) == position ? source.nextHole(position) - position : 0;
        this.knownEnd = Math.clamp(bytes, 0, Long.MAX_VALUE >>> 3) << 3;
    }

    /// Where in the file its last byte ends.
    long end() {
        return position + ((frames + 7) >>> 3);
    }

    /// Whether the file holds the bit and all before it.
    boolean knows(long pfn) {
        return pfn < knownEnd;
    }

    /// One past the last frame whose bit, and all before it, the file holds.
    long knownEnd() {
        return knownEnd;
    }

    private long endPfn() {
        return Math.min(frames, knownEnd);
    }

    boolean get(long pfn) throws IOException {
        return pfn >= 0 && pfn < endPfn() && block(pfn >>> BLOCK_SHIFT).get(bitInBlock(pfn));
    }

    /// Number of set bits from the origin up to and without `pfn`, which is not below the origin.
    long rank(long pfn) throws IOException {
        return pfn <= origin || endPfn() <= origin ? 0 : below(Math.min(pfn, endPfn())) - below(origin);
    }

    /// Number of set bits from the start of the origin's block up to `pfn`.
    private long below(long pfn) throws IOException {
        long first = origin >>> BLOCK_SHIFT;
        int index = Math.toIntExact((pfn >>> BLOCK_SHIFT) - first);
        if (index >= counted) {
            count(index);
        }
        long before = counts[index];
        int bit = bitInBlock(pfn);
        return bit == 0 ? before : before + block(pfn >>> BLOCK_SHIFT).rank(bit);
    }

    private void count(int index) throws IOException {
        synchronized (countLock) {
            long first = origin >>> BLOCK_SHIFT;
            for (int i = counted; i <= index; i++) {
                if (i == counts.length) {
                    counts = Arrays.copyOf(counts, i * 2);
                }
                counts[i] = counts[i - 1] + block(first + i - 1).total;
                counted = i + 1;
            }
        }
    }

    /// Number of set bits of `[startPfn, endPfn)`, whatever the origin.
    long count(long startPfn, long endPfn) throws IOException {
        long sum = 0;
        long last = Math.min(endPfn, endPfn());
        for (long pfn = startPfn; pfn < last; ) {
            long end = Math.min(((pfn >>> BLOCK_SHIFT) + 1) << BLOCK_SHIFT, last);
            Block block = block(pfn >>> BLOCK_SHIFT);
            sum += (bitInBlock(end) == 0 ? block.total : block.rank(bitInBlock(end))) - block.rank(bitInBlock(pfn));
            pfn = end;
        }
        return sum;
    }

    /// Sets the bits of `window` that are set here.
    void mark(PageBitmap window, long startPfn, long endPfn) throws IOException {
        long from = Math.max(window.firstPfn(), startPfn) & -64;
        long to = Math.min(Math.min(window.endPfn(), endPfn()), endPfn);
        long[] words = window.words();
        for (long pfn = from; pfn < to; ) {
            Block block = block(pfn >>> BLOCK_SHIFT);
            long end = Math.min(((pfn >>> BLOCK_SHIFT) + 1) << BLOCK_SHIFT, to);
            for (; !block.isEmpty() && pfn < end; pfn += 64) {
                long bits = block.words[bitInBlock(pfn) >>> 6];
                if (pfn < startPfn) {
                    bits &= -1L << startPfn;
                }
                if (to - pfn < 64) {
                    bits &= (1L << to) - 1;
                }
                words[(int) ((pfn - window.firstPfn()) >>> 6)] |= bits;
            }
            pfn = end;
        }
    }

    private Block block(long index) throws IOException {
        int slot = (int) (index & (CACHED_BLOCKS - 1));
        Block block = cache.get(slot);
        if (block == null || block.index != index) {
            block = new Block(index, load(index));
            cache.set(slot, block);
        }
        return block;
    }

    /// The bytes of a block; zero where the bitmap ends or is not known.
    private ByteBuffer load(long index) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(BLOCK_WORDS * 8);
        long start = index * bytes.capacity();
        long bitmapBytes = (endPfn() + 7) >>> 3;
        bytes.limit((int) Math.max(0, Math.min(bytes.capacity(), bitmapBytes - start)));
        while (bytes.hasRemaining() && source.read(position + start + bytes.position(), bytes) > 0) {
            // Short reads are allowed.
        }
        int tail = (int) (endPfn() & 7);
        if (tail != 0 && bytes.position() > 0 && start + bytes.position() == bitmapBytes) {
            int last = bytes.position() - 1;
            bytes.put(last, (byte) (bytes.get(last) & ((1 << tail) - 1)));
        }
        return bytes.clear();
    }

    private static int bitInBlock(long pfn) {
        return (int) (pfn & ((1L << BLOCK_SHIFT) - 1));
    }
}
