package io.inquest.dump.codec;

import static io.inquest.dump.codec.LittleEndian.intAt;

/// How often each symbol stands in an FSE table: what describes the table in a file (RFC 8878, 4.1.1).
///
/// The counts add up to `1 << log`; a symbol rarer than one in that many has -1 and counts as one.
final class FseCounts {

    static final int MOST_SYMBOLS = 256;

    final int[] counts = new int[MOST_SYMBOLS];
    int symbols;
    int log;

    /// Reads a description and moves the input behind it.
    ///
    /// First come 4 bits, log less 5. Then each count plus one, in as many bits as what is left of the sum needs,
    /// or one fewer for the small values where that is unambiguous. Behind a count of 0, pairs of bits tell how
    /// many more zeros follow, as long as a pair is 3.
    void read(ZstdInput input, int mostSymbols, int mostLog) throws MalformedBlockException {
        int start = input.at;
        long bit = 8L * start;
        log = (word(input, bit) & 15) + 5;
        bit += 4;
        if (log > mostLog) {
            throw input.damage("an FSE table of 2^" + log + " states where 2^" + mostLog + " are allowed");
        }
        int remaining = 1 << log;
        symbols = 0;
        while (remaining > 0) {
            if (symbols >= mostSymbols) {
                throw input.damage("an FSE table of more than " + mostSymbols + " symbols");
            }
            int bits = 32 - Integer.numberOfLeadingZeros(remaining + 1);
            int shortValues = (1 << bits) - 2 - remaining;
            int word = word(input, bit);
            int value = word & ((1 << (bits - 1)) - 1);
            if (value < shortValues) {
                bit += bits - 1;
            } else {
                value = word & ((1 << bits) - 1);
                value -= value >= 1 << (bits - 1) ? shortValues : 0;
                bit += bits;
            }
            int count = value - 1;
            counts[symbols++] = count;
            remaining -= Math.abs(count);
            bit = count == 0 ? readZeros(input, bit, mostSymbols) : bit;
        }
        finish(input, bit, remaining);
    }

    private long readZeros(ZstdInput input, long from, int mostSymbols) {
        long bit = from;
        int more;
        do {
            more = word(input, bit) & 3;
            bit += 2;
            for (int i = 0; i < more && symbols < mostSymbols; i++) {
                counts[symbols++] = 0;
            }
        } while (more == 3 && symbols < mostSymbols);
        return bit;
    }

    private void finish(ZstdInput input, long bit, int remaining) throws MalformedBlockException {
        if (remaining < 0) {
            throw input.damage("an FSE table whose counts add up to more than 2^" + log);
        }
        int bytes = (int) ((bit + 7) >> 3) - input.at;
        input.need(bytes);
        input.at += bytes;
    }

    /// At least 25 bits from the given one. Behind the end of the input there is a margin; what it gives is found
    /// out at the end.
    private static int word(ZstdInput input, long bit) {
        int at = Math.min((int) (bit >> 3), input.end);
        return intAt(input.bytes, at) >>> (bit & 7);
    }
}
