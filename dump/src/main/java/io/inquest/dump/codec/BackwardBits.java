package io.inquest.dump.codec;

import static io.inquest.dump.codec.LittleEndian.longAt;

/// Bit streams that are read from their end, as all entropy coded parts of zstd are.
///
/// A position is the number of bits of the stream that are not read yet. Reading `n` bits is going back by `n` and
/// taking what lies above. The highest bit that is set in the last byte only marks the end.
final class BackwardBits {

    private BackwardBits() {}

    /// The bits in a stream from byte `start` to byte `end`.
    static int count(ZstdInput input, int start, int end) throws MalformedBlockException {
        if (end <= start || input.bytes[end - 1] == 0) {
            throw input.damage("a bit stream without its end mark");
        }
        int mark = 31 - Integer.numberOfLeadingZeros(input.bytes[end - 1] & 0xff);
        return (end - 1 - start) * 8 + mark;
    }

    /// At least 57 bits above the position, the lowest first.
    static long above(byte[] bytes, int start, int position) {
        return longAt(bytes, start + (position >> 3)) >>> (position & 7);
    }

    /// At least 57 bits below the position, the highest first: at the top of the word.
    static long below(byte[] bytes, int start, int position) {
        return longAt(bytes, start + ((position + 7) >> 3) - 8) << (-position & 7);
    }
}
