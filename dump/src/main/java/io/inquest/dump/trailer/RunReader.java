package io.inquest.dump.trailer;

/// Reads the numbers of a class map's chunk: 7 bits a byte, lowest first, the highest bit set in all
/// but the last.
final class RunReader {

    private static final int MOST_SHIFT = 56;

    private final byte[] bytes;
    private final int length;
    private int at;

    RunReader(byte[] bytes, int length) {
        this.bytes = bytes;
        this.length = length;
    }

    boolean hasNext() {
        return at < length;
    }

    /// The next number, never negative; 0 behind the end.
    long next() {
        long number = 0;
        for (int shift = 0; at < length; shift += 7) {
            byte next = bytes[at++];
            if (shift <= MOST_SHIFT) {
                number |= (next & 0x7fL) << shift;
            }
            if (next >= 0) {
                break;
            }
        }
        return number;
    }
}
