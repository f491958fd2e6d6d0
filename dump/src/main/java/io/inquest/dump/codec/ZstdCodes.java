package io.inquest.dump.codec;

/// The codes of zstd's sequences: lengths and distances as a code and some bits more (RFC 8878, 3.1.1.3.2.1.1),
/// and how the codes are spread where a block does not say (3.1.1.3.2.2).
final class ZstdCodes {

    static final int MOST_LITERAL_LOG = 9;
    static final int MOST_MATCH_LOG = 9;
    static final int MOST_OFFSET_LOG = 8;
    static final int MOST_OFFSET_CODE = 31;

    /// Bits behind each code of a literal length.
    static final byte[] LITERAL_BITS = {
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 3, 3, 4, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15,
        16
    };

    /// Bits behind each code of a match length.
    static final byte[] MATCH_BITS = {
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2,
        2, 3, 3, 4, 4, 5, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16
    };

    static final int LEAST_MATCH = 3;

    /// The least length that each code stands for.
    static final int[] LITERAL_BASE = bases(LITERAL_BITS, 0);

    static final int[] MATCH_BASE = bases(MATCH_BITS, LEAST_MATCH);

    static final int LITERAL_LOG = 6;
    static final int MATCH_LOG = 6;
    static final int OFFSET_LOG = 5;

    static final int[] LITERAL_COUNTS = {
        4, 3, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 1, 1, 1, 2, 2, 2, 2, 2, 2, 2, 2, 2, 3, 2, 1, 1, 1, 1, 1, -1, -1, -1, -1
    };

    static final int[] MATCH_COUNTS = {
        1, 4, 3, 2, 2, 2, 2, 2, 2, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
        1, 1, 1, 1, 1, 1, 1, 1, 1, -1, -1, -1, -1, -1, -1, -1
    };

    static final int[] OFFSET_COUNTS = {
        1, 1, 1, 1, 1, 1, 2, 2, 2, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, -1, -1, -1, -1, -1
    };

    /// The distances that a frame begins with.
    static final int FIRST_DISTANCE = 1;

    static final int SECOND_DISTANCE = 4;
    static final int THIRD_DISTANCE = 8;

    private ZstdCodes() {}

    private static int[] bases(byte[] bits, int first) {
        int[] bases = new int[bits.length];
        int base = first;
        for (int code = 0; code < bits.length; code++) {
            bases[code] = base;
            base += 1 << bits[code];
        }
        return bases;
    }
}
