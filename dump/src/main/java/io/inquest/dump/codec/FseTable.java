package io.inquest.dump.codec;

/// A table to decode one kind of symbol of an FSE stream with (RFC 8878, 4.1).
///
/// A state is an index. Its entry has the symbol in bits 0-7, the number of bits to read for the next state in
/// bits 8-15, and in the bits above what to add to those to have it.
final class FseTable {

    final int[] entries;
    int log;

    private final short[] next = new short[FseCounts.MOST_SYMBOLS];

    FseTable(int mostLog) {
        entries = new int[1 << mostLog];
    }

    static FseTable of(int log, int... counts) {
        FseTable table = new FseTable(log);
        table.build(counts, counts.length, log);
        return table;
    }

    /// A table of one state, which says `symbol` for ever and takes no bits.
    void buildSingle(int symbol) {
        log = 0;
        entries[0] = symbol;
    }

    void build(int[] counts, int symbols, int newLog) {
        log = newLog;
        int size = 1 << newLog;
        spread(entries, counts, symbols, size);
        for (int symbol = 0; symbol < symbols; symbol++) {
            next[symbol] = (short) Math.abs(counts[symbol]);
        }
        for (int state = 0; state < size; state++) {
            int symbol = entries[state];
            int number = next[symbol]++;
            int bits = newLog - (31 - Integer.numberOfLeadingZeros(number));
            entries[state] = (((number << bits) - size) << 16) | (bits << 8) | symbol;
        }
    }

    /// Gives each symbol as many states as it counts: rare ones from the end, the others in steps that visit every
    /// state once. Encoder and decoder have to agree on this.
    static void spread(int[] states, int[] counts, int symbols, int size) {
        int high = size;
        for (int symbol = 0; symbol < symbols; symbol++) {
            if (counts[symbol] < 0) {
                states[--high] = symbol;
            }
        }
        int step = (size >> 1) + (size >> 3) + 3;
        int state = 0;
        for (int symbol = 0; symbol < symbols; symbol++) {
            for (int i = 0; i < counts[symbol]; i++) {
                states[state] = symbol;
                do {
                    state = (state + step) & (size - 1);
                } while (state >= high);
            }
        }
    }
}
