package io.inquest.dump.codec;

import static io.inquest.dump.codec.FseCode.log2;
import static io.inquest.dump.codec.LittleEndian.putShort;

import java.util.Arrays;

/// Writes the sequences section of a compressed zstd block; [ZstdSequences] says what is in it.
final class ZstdSequencesWriter {

    private static final int PREDEFINED = 0;
    private static final int SINGLE = 1;
    private static final int DESCRIBED = 2;

    private static final int LEAST_LARGE_COUNT = 0x7f00;

    /// Up to here lengths have a table of codes; above, the code follows from the highest bit.
    private static final int LITERAL_TABLE = 64;

    private static final int MATCH_TABLE = 128;
    private static final int LITERAL_LOG_CODE = 19;
    private static final int MATCH_LOG_CODE = 36;

    private static final byte[] LITERAL_CODE = codes(ZstdCodes.LITERAL_BASE, 0, LITERAL_TABLE);
    private static final byte[] MATCH_CODE = codes(ZstdCodes.MATCH_BASE, ZstdCodes.LEAST_MATCH, MATCH_TABLE);

    private static final FseCode LITERAL_DEFAULT = FseCode.of(ZstdCodes.LITERAL_LOG, ZstdCodes.LITERAL_COUNTS);
    private static final FseCode MATCH_DEFAULT = FseCode.of(ZstdCodes.MATCH_LOG, ZstdCodes.MATCH_COUNTS);
    private static final FseCode OFFSET_DEFAULT = FseCode.of(ZstdCodes.OFFSET_LOG, ZstdCodes.OFFSET_COUNTS);

    private final Kind literalKind = new Kind(LITERAL_DEFAULT, ZstdCodes.MOST_LITERAL_LOG);
    private final Kind offsetKind = new Kind(OFFSET_DEFAULT, ZstdCodes.MOST_OFFSET_LOG);
    private final Kind matchKind = new Kind(MATCH_DEFAULT, ZstdCodes.MOST_MATCH_LOG);
    private final BitWriter writer = new BitWriter();

    private int[] offsetValues = new int[0];
    private int firstDistance;
    private int secondDistance;
    private int thirdDistance;
    private final int[] savedDistances = new int[3];

    /// Begins a frame.
    void begin() {
        firstDistance = ZstdCodes.FIRST_DISTANCE;
        secondDistance = ZstdCodes.SECOND_DISTANCE;
        thirdDistance = ZstdCodes.THIRD_DISTANCE;
    }

    /// Remembers the distances before a block that may not be written after all.
    void save() {
        savedDistances[0] = firstDistance;
        savedDistances[1] = secondDistance;
        savedDistances[2] = thirdDistance;
    }

    /// The block was not written.
    void restore() {
        firstDistance = savedDistances[0];
        secondDistance = savedDistances[1];
        thirdDistance = savedDistances[2];
    }

    /// Writes the first `count` matches found, and returns where the section ends.
    int write(MatchFinder found, int count, byte[] target, int to) {
        int at = putCount(count, target, to);
        if (count == 0) {
            return at;
        }
        makeCodes(found, count);
        int modesAt = at++;
        at = literalKind.choose(count, writer, target, at);
        int literalMode = literalKind.mode;
        at = offsetKind.choose(count, writer, target, at);
        int offsetMode = offsetKind.mode;
        at = matchKind.choose(count, writer, target, at);
        target[modesAt] = (byte) ((literalMode << 6) | (offsetMode << 4) | (matchKind.mode << 2));
        return encode(found, count, target, at);
    }

    private static int putCount(int count, byte[] target, int to) {
        if (count < 128) {
            target[to] = (byte) count;
            return to + 1;
        }
        if (count < LEAST_LARGE_COUNT) {
            target[to] = (byte) ((count >> 8) + 128);
            target[to + 1] = (byte) count;
            return to + 2;
        }
        target[to] = (byte) 255;
        putShort(target, to + 1, count - LEAST_LARGE_COUNT);
        return to + 3;
    }

    private void makeCodes(MatchFinder found, int count) {
        if (offsetValues.length < count) {
            offsetValues = new int[found.distances.length];
        }
        literalKind.begin(found.distances.length);
        offsetKind.begin(found.distances.length);
        matchKind.begin(found.distances.length);
        for (int i = 0; i < count; i++) {
            int literals = found.literalBytes[i];
            int match = found.matchBytes[i] - ZstdCodes.LEAST_MATCH;
            int value = offsetValue(found.distances[i], literals);
            offsetValues[i] = value;
            offsetKind.add(i, log2(value));
            literalKind.add(i, literals < LITERAL_TABLE ? LITERAL_CODE[literals] : log2(literals) + LITERAL_LOG_CODE);
            matchKind.add(i, match < MATCH_TABLE ? MATCH_CODE[match] : log2(match) + MATCH_LOG_CODE);
        }
    }

    /// The distance as one of the last three, or three more than itself.
    private int offsetValue(int distance, int literals) {
        if (literals != 0 && distance == firstDistance) {
            return 1;
        }
        int value = distance + 3;
        if (distance == secondDistance) {
            value = literals != 0 ? 2 : 1;
        } else if (distance == thirdDistance) {
            value = literals != 0 ? 3 : 2;
            thirdDistance = secondDistance;
        } else {
            value = literals == 0 && distance == firstDistance - 1 ? 3 : value;
            thirdDistance = secondDistance;
        }
        secondDistance = firstDistance;
        firstDistance = distance;
        return value;
    }

    private int encode(MatchFinder found, int count, byte[] target, int to) {
        FseCode literalCode = literalKind.code;
        FseCode offsetCode = offsetKind.code;
        FseCode matchCode = matchKind.code;
        writer.begin(target, to);
        int last = count - 1;
        int literalState = literalCode.first(literalKind.codes[last]);
        int offsetState = offsetCode.first(offsetKind.codes[last]);
        int matchState = matchCode.first(matchKind.codes[last]);
        addBits(found, last);
        for (int i = last - 1; i >= 0; i--) {
            offsetState = step(offsetCode, offsetState, offsetKind.codes[i]);
            matchState = step(matchCode, matchState, matchKind.codes[i]);
            literalState = step(literalCode, literalState, literalKind.codes[i]);
            writer.flush();
            addBits(found, i);
        }
        addState(matchCode, matchState);
        addState(offsetCode, offsetState);
        addState(literalCode, literalState);
        return writer.endMarked();
    }

    private int step(FseCode code, int state, int symbol) {
        int bits = code.bits(state, symbol);
        writer.add(state & ((1 << bits) - 1), bits);
        return code.next(state, symbol, bits);
    }

    private void addState(FseCode code, int state) {
        writer.add(state & ((1 << code.log) - 1), code.log);
    }

    /// What lies between the values and the least that their codes stand for.
    private void addBits(MatchFinder found, int i) {
        int literalCode = literalKind.codes[i];
        int matchCode = matchKind.codes[i];
        int offsetBits = offsetKind.codes[i];
        writer.add(found.literalBytes[i] - ZstdCodes.LITERAL_BASE[literalCode], ZstdCodes.LITERAL_BITS[literalCode]);
        writer.add(found.matchBytes[i] - ZstdCodes.MATCH_BASE[matchCode], ZstdCodes.MATCH_BITS[matchCode]);
        writer.add(offsetValues[i] & ((1 << offsetBits) - 1), offsetBits);
        writer.flush();
    }

    private static byte[] codes(int[] bases, int first, int length) {
        byte[] codes = new byte[length];
        int code = 0;
        for (int i = 0; i < length; i++) {
            while (code + 1 < bases.length && bases[code + 1] <= i + first) {
                code++;
            }
            codes[i] = (byte) code;
        }
        return codes;
    }

    /// One of the three kinds of codes of a block.
    private static final class Kind {

        private static final int SYMBOLS = 64;

        private final FseCode predefined;
        private final FseCode own;
        private final FseCode single = new FseCode(0);
        private final int mostLog;
        private final int[] histogram = new int[SYMBOLS];

        private byte[] codes = new byte[0];
        private FseCode code;
        private int mode;

        Kind(FseCode predefined, int mostLog) {
            this.predefined = predefined;
            this.own = new FseCode(mostLog);
            this.mostLog = mostLog;
            this.code = predefined;
        }

        void begin(int room) {
            if (codes.length < room) {
                codes = new byte[room];
            }
            Arrays.fill(histogram, 0);
        }

        void add(int i, int newCode) {
            codes[i] = (byte) newCode;
            histogram[newCode]++;
        }

        /// Takes the cheapest way to encode the codes, writes its table, and returns where that ends.
        int choose(int count, BitWriter writer, byte[] target, int to) {
            if (count > 2 && histogram[codes[0]] == count) {
                return useSingle(target, to);
            }
            int symbols = SYMBOLS;
            while (histogram[symbols - 1] == 0) {
                symbols--;
            }
            long predefinedCost = predefined.cost(histogram, symbols);
            own.choose(histogram, symbols, count, mostLog);
            int end = own.describe(writer, target, to);
            if (own.cost(histogram, symbols) + 8L * (end - to) >= predefinedCost) {
                code = predefined;
                mode = PREDEFINED;
                return to;
            }
            own.build();
            code = own;
            mode = DESCRIBED;
            return end;
        }

        private int useSingle(byte[] target, int to) {
            single.symbols = codes[0] + 1;
            single.log = 0;
            Arrays.fill(single.counts, 0, codes[0], 0);
            single.counts[codes[0]] = 1;
            single.build();
            code = single;
            mode = SINGLE;
            target[to] = codes[0];
            return to + 1;
        }
    }
}
