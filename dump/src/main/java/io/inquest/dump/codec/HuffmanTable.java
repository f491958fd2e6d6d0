package io.inquest.dump.codec;

import java.util.Arrays;

/// A table to decode zstd's Huffman coded literals with (RFC 8878, 4.2.1).
///
/// The next [#log] bits of a stream are the index; the entry has the symbol in bits 0-7 and above it how many of
/// these bits are its code.
final class HuffmanTable {

    static final int MOST_LOG = 11;
    static final int MOST_WEIGHT_LOG = 6;
    private static final int MOST_SYMBOLS = 256;

    final short[] entries = new short[1 << MOST_LOG];

    /// 0 while there is no table.
    int log;

    private final byte[] weights = new byte[MOST_SYMBOLS + 1];
    private final int[] rankStart = new int[MOST_LOG + 2];
    private final FseCounts counts = new FseCounts();
    private final FseTable weightTable = new FseTable(MOST_WEIGHT_LOG);

    /// Reads a description: the weight of each symbol but the last. A code of weight w is `log + 1 - w` bits long.
    void read(ZstdInput input) throws MalformedBlockException {
        int header = input.next();
        int number = header < 128 ? readCodedWeights(input, header) : readPlainWeights(input, header - 127);
        build(input, number);
    }

    private int readPlainWeights(ZstdInput input, int number) throws MalformedBlockException {
        input.need((number + 1) / 2);
        for (int i = 0; i < number; i += 2) {
            int pair = input.next();
            weights[i] = (byte) (pair >> 4);
            weights[i + 1] = (byte) (pair & 15);
        }
        return number;
    }

    /// Two states take turns. The stream ends where a state cannot be followed by another for want of bits; the
    /// other's symbol is the last.
    private int readCodedWeights(ZstdInput input, int size) throws MalformedBlockException {
        input.need(size);
        int end = input.at + size;
        int outerEnd = input.end;
        input.end = end;
        counts.read(input, MOST_LOG + 2, MOST_WEIGHT_LOG);
        weightTable.build(counts.counts, counts.symbols, counts.log);
        int start = input.at;
        int position = BackwardBits.count(input, start, end) - 2 * weightTable.log;
        if (position < 0) {
            throw input.damage("weights of a Huffman code that end early");
        }
        long first = BackwardBits.above(input.bytes, start, position);
        int mask = (1 << weightTable.log) - 1;
        int other = weightTable.entries[(int) first & mask];
        int entry = weightTable.entries[(int) (first >> weightTable.log) & mask];
        int number = 0;
        while (true) {
            if (number >= MOST_SYMBOLS - 2) {
                throw input.damage("a Huffman code of more than " + MOST_SYMBOLS + " symbols");
            }
            weights[number++] = (byte) entry;
            int bits = (entry >> 8) & 0xff;
            position -= bits;
            if (position < 0) {
                weights[number++] = (byte) other;
                break;
            }
            long above = BackwardBits.above(input.bytes, start, position);
            int following = (entry >>> 16) + ((int) above & ((1 << bits) - 1));
            entry = other;
            other = weightTable.entries[following];
        }
        input.at = end;
        input.end = outerEnd;
        return number;
    }

    private void build(ZstdInput input, int number) throws MalformedBlockException {
        int sum = 0;
        for (int i = 0; i < number; i++) {
            if (weights[i] > MOST_LOG) {
                throw input.damage("a Huffman code of more than " + MOST_LOG + " bits");
            }
            sum += (1 << weights[i]) >> 1;
        }
        int newLog = 32 - Integer.numberOfLeadingZeros(sum);
        int rest = (1 << newLog) - sum;
        if (sum == 0 || newLog > MOST_LOG || Integer.bitCount(rest) != 1) {
            throw input.damage("a Huffman code that is not complete");
        }
        weights[number] = (byte) (32 - Integer.numberOfLeadingZeros(rest));
        log = newLog;
        fill(number + 1);
    }

    /// Codes of the same length follow each other in the order of their symbols, the longest codes come first.
    private void fill(int symbols) {
        Arrays.fill(rankStart, 0);
        for (int symbol = 0; symbol < symbols; symbol++) {
            rankStart[weights[symbol]]++;
        }
        int start = 0;
        for (int weight = 1; weight <= log; weight++) {
            int number = rankStart[weight];
            rankStart[weight] = start;
            start += number << (weight - 1);
        }
        for (int symbol = 0; symbol < symbols; symbol++) {
            int weight = weights[symbol];
            if (weight != 0) {
                int from = rankStart[weight];
                int to = from + (1 << (weight - 1));
                short entry = (short) (((log + 1 - weight) << 8) | symbol);
                for (int i = from; i < to; i++) {
                    entries[i] = entry;
                }
                rankStart[weight] = to;
            }
        }
    }

    /// Decodes a stream from byte `start` to byte `end` of the input into exactly `length` bytes.
    void decode(ZstdInput input, int start, int end, byte[] target, int offset, int length)
            throws MalformedBlockException {
        int position = BackwardBits.count(input, start, end);
        byte[] bytes = input.bytes;
        short[] table = entries;
        int shift = 64 - log;
        int to = offset;
        int stop = offset + length;
        // Five codes are at most 55 bits, and a word has 57 of the stream.
        for (; to <= stop - 5 && position > 0; to += 5) {
            long word = BackwardBits.below(bytes, start, position);
            int a = table[(int) (word >>> shift)];
            word <<= a >> 8;
            int b = table[(int) (word >>> shift)];
            word <<= b >> 8;
            int c = table[(int) (word >>> shift)];
            word <<= c >> 8;
            int d = table[(int) (word >>> shift)];
            word <<= d >> 8;
            int e = table[(int) (word >>> shift)];
            target[to] = (byte) a;
            target[to + 1] = (byte) b;
            target[to + 2] = (byte) c;
            target[to + 3] = (byte) d;
            target[to + 4] = (byte) e;
            position -= (a >> 8) + (b >> 8) + (c >> 8) + (d >> 8) + (e >> 8);
        }
        for (; to < stop && position > 0; to++) {
            int entry = table[(int) (BackwardBits.below(bytes, start, position) >>> shift)];
            target[to] = (byte) entry;
            position -= entry >> 8;
        }
        if (position != 0 || to != stop) {
            throw input.damage("a Huffman stream that does not end with its " + length + " bytes");
        }
    }
}
