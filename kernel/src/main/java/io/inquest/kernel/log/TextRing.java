package io.inquest.kernel.log;

import io.inquest.kernel.AddressSpace;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// The text of a [RingLog]: blocks of `{ unsigned long id; char data[]; }` in a ring of bytes.
///
/// A block's place is given by two positions that only grow; modulo the ring's size they are byte offsets. A
/// block is never cut: one that would cross the ring's end lies at its start, though its first position is
/// before the end.
final class TextRing {

    /// `EMPTY_LINE_LPOS`: both positions of a record whose text is empty (until 6.0 `NO_LPOS`).
    private static final long EMPTY_LINE = 3;

    private final AddressSpace space;
    private final long data;
    private final int sizeBits;

    TextRing(AddressSpace space, long data, int sizeBits) {
        this.space = space;
        this.data = data;
        this.sizeBits = sizeBits;
    }

    /// Up to `textBytes` bytes of the block between two positions; null when the record has lost its text.
    @Nullable
    ByteBuffer read(long begin, long next, int textBytes) throws IOException {
        if (begin == EMPTY_LINE && next == EMPTY_LINE) {
            return ByteBuffer.allocate(0);
        }
        long mask = (1L << sizeBits) - 1;
        if ((begin & 1) != 0 || begin == next) {
            return null;
        }
        long last = (next - 1) & wordMask();
        boolean wrapped = begin >>> sizeBits != last >>> sizeBits;
        long start = wrapped ? 0 : begin & mask;
        long end = (last & mask) + 1;
        int idBytes = space.wordBytes();
        if (end - start < idBytes) {
            return null;
        }
        ByteBuffer text = ByteBuffer.allocate((int) Math.min(textBytes, end - start - idBytes));
        space.read(data + start + idBytes, text);
        return text.flip();
    }

    private long wordMask() {
        return -1L >>> (Long.SIZE - space.wordBytes() * Byte.SIZE);
    }
}
