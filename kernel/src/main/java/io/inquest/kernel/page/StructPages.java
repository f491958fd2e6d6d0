package io.inquest.kernel.page;

import io.inquest.dump.MemoryFault;
import io.inquest.kernel.AddressSpace;
import io.inquest.kernel.Mapping;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.BitSet;

/// A block of struct pages in machine words, in buffers that are used again for the next block.
///
/// Struct pages that cannot be read are all zero here, which no real one is; [#lostCount] counts them.
/// For one thread at a time.
final class StructPages {

    /// Page size of the smallest piece that can be missing from a dump.
    private static final int PIECE_BYTES = 4096;

    private final StructShape shape;
    private final ByteBuffer bytes;
    private final long[] words;
    private final int capacity;
    private final BitSet lost = new BitSet();
    private long firstPfn;
    private int count;
    private String fault = "";

    /// Room for `capacity` struct pages.
    StructPages(StructShape shape, int capacity) {
        this.shape = shape;
        this.capacity = capacity;
        this.bytes = ByteBuffer.allocate(capacity * shape.structBytes()).order(shape.order());
        this.words = new long[capacity * shape.words()];
    }

    int capacity() {
        return capacity;
    }

    long[] words() {
        return words;
    }

    /// Frame of the first struct page.
    long firstPfn() {
        return firstPfn;
    }

    /// Number of struct pages in the block.
    int count() {
        return count;
    }

    /// Number of struct pages of the block that could not be read.
    int lostCount() {
        return lost.cardinality();
    }

    /// Index of the first of them.
    int firstLost() {
        return lost.nextSetBit(0);
    }

    /// Why the last unreadable one could not be read.
    String fault() {
        return fault;
    }

    /// Loads the struct pages of `[pfn, pfn + frames)`, the first of which is at `address`.
    void load(AddressSpace space, long address, long pfn, int frames) throws IOException {
        firstPfn = pfn;
        count = frames;
        lost.clear();
        bytes.clear().limit(frames * shape.structBytes());
        try {
            space.read(address, bytes);
        } catch (MemoryFault broken) {
            loadByPieces(space, address);
        }
        bytes.flip();
        decode();
    }

    /// A struct page that reaches into a missing piece is lost as a whole: it must not be judged by its other
    /// half.
    private void loadByPieces(AddressSpace space, long address) throws IOException {
        int length = count * shape.structBytes();
        for (int at = 0; at < length; ) {
            int piece = (int) Math.min(PIECE_BYTES - (address + at & PIECE_BYTES - 1), length - at);
            bytes.limit(at + piece).position(at);
            try {
                space.read(address + at, bytes);
            } catch (MemoryFault broken) {
                fault = String.valueOf(broken.getMessage());
                piece = missingBytes(space, address + at, piece, length - at);
                lost.set(at / shape.structBytes(), Math.ceilDiv(at + piece, shape.structBytes()));
            }
            at += piece;
        }
        for (int i = lost.nextSetBit(0); i >= 0; i = lost.nextSetBit(i + 1)) {
            Arrays.fill(bytes.array(), i * shape.structBytes(), (i + 1) * shape.structBytes(), (byte) 0);
        }
        bytes.limit(length).position(length);
    }

    /// How much from `address` on need not be tried: `piece` bytes that are mapped are missing by themselves, what
    /// is not mapped is missing as far as the page tables say so.
    private static int missingBytes(AddressSpace space, long address, int piece, int rest) throws IOException {
        Mapping mapping = space.translate(address, rest);
        return mapping instanceof Mapping.Mapped ? piece : Math.clamp(mapping.bytes(), piece, rest);
    }

    private void decode() {
        if (shape.wordBytes() == Long.BYTES) {
            bytes.asLongBuffer().get(words, 0, count * shape.words());
            return;
        }
        for (int i = 0, n = count * shape.words(); i < n; i++) {
            words[i] = bytes.getInt(i * Integer.BYTES) & 0xffff_ffffL;
        }
    }

    /// Whether the struct page with this index could not be read.
    boolean isLost(int index) {
        return lost.get(index);
    }
}
