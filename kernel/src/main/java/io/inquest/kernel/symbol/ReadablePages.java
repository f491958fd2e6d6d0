package io.inquest.kernel.symbol;

import io.inquest.dump.MemoryFault;
import io.inquest.kernel.AddressSpace;
import io.inquest.kernel.Mapping;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/// Memory to search in: what cannot be read is zero.
record ReadablePages(AddressSpace space) {

    private static final int PIECE_BYTES = 64 << 10;
    private static final int PAGE_BYTES = 4096;

    /// Is told of bytes that could not be read, by their offsets.
    interface Hole {

        void between(int from, int to);
    }

    byte[] read(long address, int count) throws IOException {
        return read(address, count, (from, to) -> {});
    }

    byte[] read(long address, int count, Hole hole) throws IOException {
        byte[] bytes = new byte[count];
        int at = 0;
        while (at < count) {
            int piece = Math.min(untilMultiple(address + at, PIECE_BYTES), count - at);
            if (!reads(address + at, bytes, at, piece)) {
                int unmapped = unmapped(address + at, count - at);
                if (unmapped > 0) {
                    hole.between(at, at + unmapped);
                    at += unmapped;
                    continue;
                }
                readPages(address, bytes, at, piece, hole);
            }
            at += piece;
        }
        return bytes;
    }

    /// Bytes from an address on, at most `count`, that no page table maps: a table's gap is as wide as many
    /// pages.
    private int unmapped(long address, int count) throws IOException {
        return space.translate(address, count) instanceof Mapping.NotPresent gap
                ? (int) Math.min(gap.bytes(), count)
                : 0;
    }

    private void readPages(long address, byte[] bytes, int from, int count, Hole hole) throws IOException {
        int at = from;
        while (at < from + count) {
            int page = Math.min(untilMultiple(address + at, PAGE_BYTES), from + count - at);
            if (!reads(address + at, bytes, at, page)) {
                Arrays.fill(bytes, at, at + page, (byte) 0);
                hole.between(at, at + page);
            }
            at += page;
        }
    }

    private boolean reads(long address, byte[] bytes, int at, int count) throws IOException {
        try {
            space.read(address, ByteBuffer.wrap(bytes, at, count));
            return true;
        } catch (MemoryFault notThere) {
            return false;
        }
    }

    private static int untilMultiple(long address, int of) {
        return of - (int) (address & (of - 1));
    }
}
