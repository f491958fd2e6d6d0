package io.inquest.dump.codec;

import static io.inquest.dump.codec.BackwardBits.above;

import org.jspecify.annotations.Nullable;

/// The sequences section of a compressed zstd block (RFC 8878, 3.1.1.3.2): so many literals, then so many bytes
/// from so far back, over and over.
///
/// | Bytes  | Field   | Meaning                                                                          |
/// |--------|---------|----------------------------------------------------------------------------------|
/// | 1 to 3 | number  | under 128: 1 byte; under 0x7f00: 2, high first, 128 added; more: 255, low, high  |
/// | 1      | modes   | bits 6-7 literal lengths, 4-5 offsets, 2-3 match lengths: predefined,   |
/// |        |         | single code, described, as before                                                |
/// | n      | tables  | one byte of a single code, or a description                                      |
/// | n      | stream  | three states, and the bits behind the codes                                      |
final class ZstdSequences {

    private static final int PREDEFINED = 0;
    private static final int SINGLE = 1;
    private static final int DESCRIBED = 2;

    private static final FseTable LITERAL_DEFAULT = FseTable.of(ZstdCodes.LITERAL_LOG, ZstdCodes.LITERAL_COUNTS);
    private static final FseTable MATCH_DEFAULT = FseTable.of(ZstdCodes.MATCH_LOG, ZstdCodes.MATCH_COUNTS);
    private static final FseTable OFFSET_DEFAULT = FseTable.of(ZstdCodes.OFFSET_LOG, ZstdCodes.OFFSET_COUNTS);

    private final Kind literalKind =
            new Kind("literal lengths", LITERAL_DEFAULT, ZstdCodes.MOST_LITERAL_LOG, ZstdCodes.LITERAL_BITS.length);
    private final Kind offsetKind =
            new Kind("offsets", OFFSET_DEFAULT, ZstdCodes.MOST_OFFSET_LOG, ZstdCodes.MOST_OFFSET_CODE + 1);
    private final Kind matchKind =
            new Kind("match lengths", MATCH_DEFAULT, ZstdCodes.MOST_MATCH_LOG, ZstdCodes.MATCH_BITS.length);
    private final FseCounts counts = new FseCounts();

    private int[] literalBytes = new int[0];
    private int[] matchBytes = new int[0];
    private int[] distances = new int[0];
    private int count;

    private int firstDistance;
    private int secondDistance;
    private int thirdDistance;

    /// Forgets the tables and distances of the frame before.
    void begin() {
        literalKind.table = null;
        offsetKind.table = null;
        matchKind.table = null;
        firstDistance = ZstdCodes.FIRST_DISTANCE;
        secondDistance = ZstdCodes.SECOND_DISTANCE;
        thirdDistance = ZstdCodes.THIRD_DISTANCE;
    }

    /// Reads the section. A match has at least 3 bytes, so with `room` bytes left there cannot be many.
    void read(ZstdInput input, int room) throws MalformedBlockException {
        count = readCount(input);
        if (count > room / ZstdCodes.LEAST_MATCH) {
            throw input.damage(count + " matches where " + room + " bytes are left of the target");
        }
        if (count == 0) {
            if (input.remaining() > 0) {
                throw input.damage("bytes behind the last section of a block");
            }
            return;
        }
        int modes = input.next();
        if ((modes & 3) != 0) {
            throw input.damage("a reserved bit set in the modes of its sequences");
        }
        FseTable literalTable = literalKind.read(input, modes >> 6, counts);
        FseTable offsetTable = offsetKind.read(input, (modes >> 4) & 3, counts);
        FseTable matchTable = matchKind.read(input, (modes >> 2) & 3, counts);
        makeRoom();
        decode(input, literalTable, offsetTable, matchTable);
    }

    private static int readCount(ZstdInput input) throws MalformedBlockException {
        int first = input.next();
        if (first < 128) {
            return first;
        }
        return first < 255 ? ((first - 128) << 8) + input.next() : (int) input.number(2) + 0x7f00;
    }

    private void decode(ZstdInput input, FseTable literalTable, FseTable offsetTable, FseTable matchTable)
            throws MalformedBlockException {
        byte[] bytes = input.bytes;
        int start = input.at;
        int position = BackwardBits.count(input, start, input.end);
        position -= literalTable.log + offsetTable.log + matchTable.log;
        if (position < 0) {
            throw cut(input);
        }
        long word = above(bytes, start, position);
        int match = matchTable.entries[low(word, matchTable.log)];
        word >>>= matchTable.log;
        int offset = offsetTable.entries[low(word, offsetTable.log)];
        word >>>= offsetTable.log;
        int literal = literalTable.entries[low(word, literalTable.log)];
        for (int i = 0; i < count; i++) {
            int offsetBits = offset & 0xff;
            position -= offsetBits;
            distances[i] = (1 << offsetBits) + low(above(bytes, start, position), offsetBits);
            int matchCode = match & 0xff;
            int literalCode = literal & 0xff;
            int literalBits = ZstdCodes.LITERAL_BITS[literalCode];
            int matchBits = ZstdCodes.MATCH_BITS[matchCode];
            position -= literalBits + matchBits;
            word = above(bytes, start, position);
            literalBytes[i] = ZstdCodes.LITERAL_BASE[literalCode] + low(word, literalBits);
            matchBytes[i] = ZstdCodes.MATCH_BASE[matchCode] + low(word >>> literalBits, matchBits);
            if (position < 0 || i == count - 1) {
                checkEnd(input, position, i);
                return;
            }
            int offsetNext = (offset >> 8) & 0xff;
            int matchNext = (match >> 8) & 0xff;
            int literalNext = (literal >> 8) & 0xff;
            position -= offsetNext + matchNext + literalNext;
            word = above(bytes, start, position);
            offset = offsetTable.entries[(offset >>> 16) + low(word, offsetNext)];
            word >>>= offsetNext;
            match = matchTable.entries[(match >>> 16) + low(word, matchNext)];
            word >>>= matchNext;
            literal = literalTable.entries[(literal >>> 16) + low(word, literalNext)];
        }
    }

    private void checkEnd(ZstdInput input, int position, int last) throws MalformedBlockException {
        if (position != 0 || last != count - 1) {
            throw cut(input);
        }
    }

    private MalformedBlockException cut(ZstdInput input) {
        return input.damage("a stream of sequences that does not end with the last of " + count);
    }

    private static int low(long word, int bits) {
        return (int) word & (int) ((1L << bits) - 1);
    }

    /// Copies literals and matches to the output.
    void execute(ZstdLiterals literals, ZstdInput input, ZstdOutput output) throws MalformedBlockException {
        byte[] source = literals.bytes;
        int from = literals.at;
        int end = literals.at + literals.length;
        byte[] target = output.bytes;
        int to = output.to;
        int limit = output.limit;
        for (int i = 0; i < count; i++) {
            int literal = literalBytes[i];
            int match = matchBytes[i];
            int distance = distance(distances[i], literal);
            if (literal > end - from || literal + match > limit - to) {
                throw input.damage("a sequence of " + literal + " literals and a match of " + match + " bytes where "
                        + (end - from) + " literals and " + (limit - to) + " bytes of the target are left");
            }
            BlockCopy.literals(source, from, source.length, target, to, limit, literal);
            from += literal;
            to += literal;
            if (distance <= 0 || distance > to - output.start) {
                throw input.damage("a match from " + Integer.toUnsignedString(distance) + " bytes back where "
                        + (to - output.start) + " are known");
            }
            BlockCopy.match(target, distance, to, match, limit);
            to += match;
        }
        output.to = to;
        if (end - from > output.room()) {
            throw input.damage("more literals than bytes are left of the target");
        }
        output.copy(source, from, end - from);
    }

    /// The distance that an offset value means: 1 to 3 name one of the last three distances, or, where no literals
    /// stand before the match, the second, the third, and the first less one.
    private int distance(int value, int literals) {
        if (value > 3 || value <= 0) {
            return push(value - 3, 2);
        }
        int which = literals == 0 ? value : value - 1;
        return switch (which) {
            case 0 -> firstDistance;
            case 1 -> push(secondDistance, 1);
            case 2 -> push(thirdDistance, 2);
            default -> push(firstDistance - 1, 2);
        };
    }

    /// Makes `distance` the first of the last three; those before it move down, to place `down` at most.
    private int push(int distance, int down) {
        if (down == 2) {
            thirdDistance = secondDistance;
        }
        secondDistance = firstDistance;
        firstDistance = distance;
        return distance;
    }

    private void makeRoom() {
        if (literalBytes.length < count) {
            int room = Math.max(count, 2 * literalBytes.length);
            literalBytes = new int[room];
            matchBytes = new int[room];
            distances = new int[room];
        }
    }

    /// One of the three kinds of codes, with its table of the frame's last block.
    private static final class Kind {

        private final String name;
        private final FseTable predefined;
        private final FseTable own;
        private final int mostLog;
        private final int codes;
        private @Nullable FseTable table;

        Kind(String name, FseTable predefined, int mostLog, int codes) {
            this.name = name;
            this.predefined = predefined;
            this.own = new FseTable(mostLog);
            this.mostLog = mostLog;
            this.codes = codes;
        }

        FseTable read(ZstdInput input, int mode, FseCounts counts) throws MalformedBlockException {
            FseTable chosen = switch (mode) {
                case PREDEFINED -> predefined;
                case SINGLE -> single(input);
                case DESCRIBED -> described(input, counts);
                default -> table;
            };
            if (chosen == null) {
                throw input.damage(name + " that need the table of an earlier block, and there is none");
            }
            table = chosen;
            return chosen;
        }

        private FseTable single(ZstdInput input) throws MalformedBlockException {
            int code = input.next();
            if (code >= codes) {
                throw input.damage("the code " + code + " of " + name + ", which there is not");
            }
            own.buildSingle(code);
            return own;
        }

        private FseTable described(ZstdInput input, FseCounts counts) throws MalformedBlockException {
            counts.read(input, codes, mostLog);
            own.build(counts.counts, counts.symbols, counts.log);
            return own;
        }
    }
}
