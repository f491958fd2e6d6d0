package io.inquest.dump.codec;

import java.util.Arrays;

/// A Huffman code of limited length for literals: the twin of [HuffmanTable] (RFC 8878, 4.2.1).
final class HuffmanCode {

    static final int SYMBOLS = 256;

    private static final int MOST_PLAIN_WEIGHTS = 128;

    final int[] histogram = new int[SYMBOLS];

    /// Of each symbol: the code in the bits above 4, its length in bits 0-3; 0 if it does not occur.
    private final int[] codes = new int[SYMBOLS];

    private final int[] sorted = new int[SYMBOLS];
    private final int[] lengths = new int[SYMBOLS];
    private final byte[] weights = new byte[SYMBOLS];
    private final int[] rankStart = new int[HuffmanTable.MOST_LOG + 2];
    private final int[] weightHistogram = new int[HuffmanTable.MOST_LOG + 2];
    private final FseCode weightCode = new FseCode(HuffmanTable.MOST_WEIGHT_LOG);
    private int log;
    private int lastSymbol;

    /// Counts `length` bytes and returns how often the most frequent one occurs.
    int count(byte[] bytes, int length) {
        Arrays.fill(histogram, 0);
        for (int i = 0; i < length; i++) {
            histogram[bytes[i] & 0xff]++;
        }
        int most = 0;
        for (int occurs : histogram) {
            most = Math.max(most, occurs);
        }
        return most;
    }

    /// Makes the code for what was counted, `total` bytes of two or more values.
    void build(int total) {
        int number = 0;
        for (int symbol = 0; symbol < SYMBOLS; symbol++) {
            if (histogram[symbol] != 0) {
                sorted[number] = (histogram[symbol] << 8) | symbol;
                lengths[number++] = 0;
                lastSymbol = symbol;
            }
        }
        Arrays.sort(sorted, 0, number);
        for (int i = 0; i < number; i++) {
            lengths[i] = sorted[i] >>> 8;
        }
        optimalLengths(lengths, number);
        limitLengths(number, mostLength(total));
        log = lengths[0];
        assignCodes(number);
    }

    /// Longer codes than this cost more in the description than they save.
    private int mostLength(int total) {
        int least = Math.min(FseCode.log2(total) + 1, FseCode.log2(Math.max(1, lastSymbol)) + 2);
        return Math.min(HuffmanTable.MOST_LOG, Math.max(least, FseCode.log2(total - 1) - 1));
    }

    /// Replaces ascending frequencies by code lengths, in place (A. Moffat, J. Katajainen, "In-place calculation of
    /// minimum-redundancy codes", 1995): first parents, then depths of the inner nodes, then those of the leaves.
    private static void optimalLengths(int[] a, int number) {
        a[0] += a[1];
        int root = 0;
        int leaf = 2;
        for (int next = 1; next < number - 1; next++) {
            if (leaf >= number || a[root] < a[leaf]) {
                a[next] = a[root];
                a[root++] = next;
            } else {
                a[next] = a[leaf++];
            }
            if (leaf >= number || (root < next && a[root] < a[leaf])) {
                a[next] += a[root];
                a[root++] = next;
            } else {
                a[next] += a[leaf++];
            }
        }
        a[number - 2] = 0;
        for (int next = number - 3; next >= 0; next--) {
            a[next] = a[a[next]] + 1;
        }
        leafDepths(a, number);
    }

    private static void leafDepths(int[] a, int number) {
        int available = 1;
        int depth = 0;
        int root = number - 2;
        int next = number - 1;
        while (available > 0) {
            int used = 0;
            while (root >= 0 && a[root] == depth) {
                used++;
                root--;
            }
            while (available > used) {
                a[next--] = depth;
                available--;
            }
            available = 2 * used;
            depth++;
        }
    }

    /// Cuts the longest codes to `most` bits and makes the code complete again: what cutting took too much of the
    /// space is given back by lengthening the rarest shorter codes, and what then is too much by shortening.
    private void limitLengths(int number, int most) {
        if (lengths[0] <= most) {
            return;
        }
        int free = 1 << most;
        for (int i = 0; i < number; i++) {
            lengths[i] = Math.min(lengths[i], most);
            free -= 1 << (most - lengths[i]);
        }
        int shorter = 0;
        while (free < 0) {
            while (lengths[shorter] == most) {
                shorter++;
            }
            lengths[shorter]++;
            free += 1 << (most - lengths[shorter]);
        }
        // Frequent symbols first; one of the longest codes always fits into what is left.
        for (int i = number - 1; free > 0; i = i == 0 ? number - 1 : i - 1) {
            int gain = 1 << (most - lengths[i]);
            if (gain <= free && lengths[i] > 1) {
                lengths[i]--;
                free -= gain;
            }
        }
        for (int i = 1; i < number; i++) {
            lengths[0] = Math.max(lengths[0], lengths[i]);
        }
    }

    private void assignCodes(int number) {
        Arrays.fill(weights, (byte) 0);
        Arrays.fill(rankStart, 0);
        for (int i = 0; i < number; i++) {
            int weight = log + 1 - lengths[i];
            weights[sorted[i] & 0xff] = (byte) weight;
            rankStart[weight]++;
        }
        int start = 0;
        for (int weight = 1; weight <= log; weight++) {
            int here = rankStart[weight];
            rankStart[weight] = start;
            start += here << (weight - 1);
        }
        for (int symbol = 0; symbol <= lastSymbol; symbol++) {
            int weight = weights[symbol];
            if (weight != 0) {
                codes[symbol] = ((rankStart[weight] >> (weight - 1)) << 4) | (log + 1 - weight);
                rankStart[weight] += 1 << (weight - 1);
            }
        }
    }

    /// The size in bits of what was counted, with this code.
    long cost() {
        long bits = 0;
        for (int symbol = 0; symbol <= lastSymbol; symbol++) {
            bits += histogram[symbol] == 0 ? 0 : (long) histogram[symbol] * (codes[symbol] & 15);
        }
        return bits;
    }

    /// Writes the description and returns where it ends; -1 if this code has none.
    int describe(BitWriter writer, byte[] target, int to) {
        int coded = describeCoded(writer, target, to + 1);
        int plainBytes = (lastSymbol + 1) / 2;
        if (coded >= 0 && coded - to - 1 < 128 && (lastSymbol > MOST_PLAIN_WEIGHTS || coded - to - 1 < plainBytes)) {
            target[to] = (byte) (coded - to - 1);
            return coded;
        }
        if (lastSymbol > MOST_PLAIN_WEIGHTS) {
            return -1;
        }
        target[to] = (byte) (127 + lastSymbol);
        for (int i = 0; i < lastSymbol; i += 2) {
            int second = i + 1 < lastSymbol ? weights[i + 1] : 0;
            target[to + 1 + i / 2] = (byte) ((weights[i] << 4) | second);
        }
        return to + 1 + plainBytes;
    }

    /// FSE with two states in turn: the first symbol by the first.
    private int describeCoded(BitWriter writer, byte[] target, int to) {
        Arrays.fill(weightHistogram, 0);
        for (int i = 0; i < lastSymbol; i++) {
            weightHistogram[weights[i]]++;
        }
        int symbols = 0;
        int most = 0;
        for (int weight = 0; weight < weightHistogram.length; weight++) {
            symbols = weightHistogram[weight] == 0 ? symbols : weight + 1;
            most = Math.max(most, weightHistogram[weight]);
        }
        if (lastSymbol < 3 || most == lastSymbol) {
            return -1;
        }
        weightCode.choose(weightHistogram, symbols, lastSymbol, HuffmanTable.MOST_WEIGHT_LOG);
        int start = weightCode.describe(writer, target, to);
        weightCode.build();
        writer.begin(target, start);
        int later = weightCode.first(weights[lastSymbol - 1]);
        int earlier = weightCode.first(weights[lastSymbol - 2]);
        for (int i = lastSymbol - 3; i >= 0; i--) {
            int bits = weightCode.bits(later, weights[i]);
            writer.add(later & ((1 << bits) - 1), bits);
            writer.flush();
            int state = weightCode.next(later, weights[i], bits);
            later = earlier;
            earlier = state;
        }
        int mask = (1 << weightCode.log) - 1;
        writer.add(later & mask, weightCode.log);
        writer.add(earlier & mask, weightCode.log);
        return writer.endMarked();
    }

    /// Writes `length` bytes from `from` as one stream, the last byte first, and returns where it ends.
    int encode(BitWriter writer, byte[] bytes, int from, int length, byte[] target, int to) {
        writer.begin(target, to);
        int[] table = codes;
        int i = from + length - 1;
        // Five codes are at most 55 bits.
        for (; i >= from + 4; i -= 5) {
            add(writer, table[bytes[i] & 0xff]);
            add(writer, table[bytes[i - 1] & 0xff]);
            add(writer, table[bytes[i - 2] & 0xff]);
            add(writer, table[bytes[i - 3] & 0xff]);
            add(writer, table[bytes[i - 4] & 0xff]);
            writer.flush();
        }
        for (; i >= from; i--) {
            add(writer, table[bytes[i] & 0xff]);
            writer.flush();
        }
        return writer.endMarked();
    }

    private static void add(BitWriter writer, int code) {
        writer.add(code >>> 4, code & 15);
    }
}
