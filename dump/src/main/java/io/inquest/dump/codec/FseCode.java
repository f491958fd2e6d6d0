package io.inquest.dump.codec;

/// What is needed to encode one kind of symbol with FSE: the twin of [FseTable] (RFC 8878, 4.1).
///
/// A state is an index of the decoder's table plus the table's size. A stream is written from its last symbol to
/// its first: the symbol decides how many of the state's low bits go to the stream, and what is left of the state,
/// where the symbol's states are listed, says the next.
final class FseCode {

    static final int LEAST_LOG = 5;

    final int[] counts = new int[FseCounts.MOST_SYMBOLS];
    int symbols;
    int log;

    /// Hot loops use these as [#bits] and [#next] do.
    final int[] bitsBias = new int[FseCounts.MOST_SYMBOLS];

    final int[] listBias = new int[FseCounts.MOST_SYMBOLS];
    final short[] states;

    private final int[] symbolAt;
    private final int[] listEnd = new int[FseCounts.MOST_SYMBOLS];

    FseCode(int mostLog) {
        states = new short[1 << mostLog];
        symbolAt = new int[1 << mostLog];
    }

    static FseCode of(int log, int... counts) {
        FseCode code = new FseCode(log);
        System.arraycopy(counts, 0, code.counts, 0, counts.length);
        code.symbols = counts.length;
        code.log = log;
        code.build();
        return code;
    }

    /// Chooses counts that add up to a power of two for symbols that occur `histogram` times, `total` in all.
    void choose(int[] histogram, int newSymbols, int total, int mostLog) {
        symbols = newSymbols;
        log = fittingLog(newSymbols, total, mostLog);
        int size = 1 << log;
        int rest = size;
        int largest = 0;
        for (int symbol = 0; symbol < newSymbols; symbol++) {
            int occurs = histogram[symbol];
            int count = occurs == 0 ? 0 : Math.max(1, (int) (((long) occurs * size + total / 2) / total));
            counts[symbol] = count;
            rest -= count;
            largest = count > counts[largest] ? symbol : largest;
        }
        // Rounding up rare symbols may take more than there is; give it back from whatever has most.
        for (; rest < 0; rest++) {
            counts[largest]--;
            largest = largestOf(newSymbols);
        }
        counts[largest] += rest;
    }

    /// Large enough for the symbols, and no larger than the number of symbols is worth.
    private static int fittingLog(int symbols, int total, int mostLog) {
        int least = Math.max(LEAST_LOG, log2(Math.max(1, symbols - 1)) + 1);
        return Math.min(mostLog, Math.max(least, log2(Math.max(2, total - 1)) - 2));
    }

    private int largestOf(int symbolCount) {
        int largest = 0;
        for (int symbol = 1; symbol < symbolCount; symbol++) {
            largest = counts[symbol] > counts[largest] ? symbol : largest;
        }
        return largest;
    }

    static int log2(int number) {
        return 31 - Integer.numberOfLeadingZeros(number);
    }

    /// Writes the description that [FseCounts#read] reads, and returns where it ends.
    int describe(BitWriter writer, byte[] target, int to) {
        writer.begin(target, to);
        writer.add(log - LEAST_LOG, 4);
        int remaining = 1 << log;
        for (int symbol = 0; symbol < symbols; symbol++) {
            int bits = 32 - Integer.numberOfLeadingZeros(remaining + 1);
            int shortValues = (1 << bits) - 2 - remaining;
            int value = counts[symbol] + 1;
            if (value < shortValues) {
                writer.add(value, bits - 1);
            } else {
                writer.add(value < 1 << (bits - 1) ? value : value + shortValues, bits);
            }
            remaining -= Math.abs(counts[symbol]);
            if (counts[symbol] == 0) {
                symbol = describeZeros(writer, symbol);
            }
            writer.flush();
        }
        return writer.end();
    }

    private int describeZeros(BitWriter writer, int first) {
        int last = first;
        while (counts[last + 1] == 0) {
            last++;
        }
        int more = last - first;
        for (; more >= 3; more -= 3) {
            writer.add(3, 2);
            writer.flush();
        }
        writer.add(more, 2);
        return last;
    }

    /// Makes the lists of states for the counts chosen.
    void build() {
        int size = 1 << log;
        FseTable.spread(symbolAt, counts, symbols, size);
        int listed = 0;
        for (int symbol = 0; symbol < symbols; symbol++) {
            int count = Math.abs(counts[symbol]);
            int bits = count <= 1 ? log : log - log2(count - 1);
            bitsBias[symbol] = (bits << 16) - (count << bits);
            listBias[symbol] = listed - count;
            listEnd[symbol] = listed;
            listed += count;
        }
        for (int state = 0; state < size; state++) {
            states[listEnd[symbolAt[state]]++] = (short) (size + state);
        }
    }

    /// The state that says `symbol`, and with the fewest bits to come, to begin with.
    int first(int symbol) {
        return states[listBias[symbol] + Math.abs(counts[symbol])];
    }

    /// How many low bits of the state to write before `symbol`.
    int bits(int state, int symbol) {
        return (state + bitsBias[symbol]) >>> 16;
    }

    /// The state that says `symbol`, behind those bits.
    int next(int state, int symbol, int bits) {
        return states[(state >>> bits) + listBias[symbol]];
    }

    /// About the size in bits of symbols that occur so often, with this code; very large if it lacks one.
    long cost(int[] histogram, int histogramSymbols) {
        long cost = 0;
        for (int symbol = 0; symbol < histogramSymbols; symbol++) {
            if (histogram[symbol] != 0) {
                if (symbol >= symbols || counts[symbol] == 0) {
                    return Long.MAX_VALUE;
                }
                cost += (long) histogram[symbol] * ((log << 8) - log2Fraction(Math.abs(counts[symbol])));
            }
        }
        return cost >> 8;
    }

    /// The logarithm times 256, straight between powers of two.
    private static int log2Fraction(int number) {
        int whole = log2(number);
        return (whole << 8) + ((number << 8) >> whole) - 256;
    }
}
