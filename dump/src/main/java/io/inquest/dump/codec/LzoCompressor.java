package io.inquest.dump.codec;

import static io.inquest.dump.codec.LittleEndian.putShort;

/// Writes raw LZO1X blocks, for any LZO1X decoder. The format is described at [LzoDecompressor].
final class LzoCompressor extends RoomyCompressor {

    private static final int MOST_DISTANCE = 0xbfff;
    private static final int NEAR_DISTANCE = 0x800;
    private static final int MIDDLE_DISTANCE = 0x4000;
    private static final int MOST_NEAR_BYTES = 8;
    private static final int MOST_MIDDLE_BYTES = 33;
    private static final int MOST_FAR_BYTES = 9;

    /// The longest literal run that the first byte of a block can announce.
    private static final int MOST_FIRST_LITERALS = 0xff - 17;

    private final MatchFinder finder = new MatchFinder(MOST_DISTANCE);

    @Override
    public Compression compression() {
        return Compression.LZO;
    }

    @Override
    int worstCaseBytes(int length) {
        return length + length / 16 + 64;
    }

    @Override
    int encode(byte[] source, int sourceOffset, int length, byte[] target, int targetOffset) {
        int matches = finder.find(source, sourceOffset, length);
        int from = sourceOffset;
        int to = targetOffset;
        for (int i = 0; i < matches; i++) {
            int literals = finder.literalBytes[i];
            int matchBytes = finder.matchBytes[i];
            to = putLiterals(source, from, literals, target, to, to == targetOffset);
            to = putMatch(target, to, matchBytes, finder.distances[i]);
            from += literals + matchBytes;
        }
        to = putLiterals(source, from, finder.lastLiterals, target, to, to == targetOffset);
        return putEnd(target, to) - targetOffset;
    }

    private static int putLiterals(byte[] source, int from, int literals, byte[] target, int to, boolean first) {
        if (literals == 0) {
            return to;
        }
        int at = to;
        if (first && literals <= MOST_FIRST_LITERALS) {
            target[at++] = (byte) (17 + literals);
        } else if (!first && literals <= 3) {
            // The match before has two bits for them, in the last byte but one.
            target[at - 2] |= (byte) literals;
        } else if (literals <= 18) {
            target[at++] = (byte) (literals - 3);
        } else {
            target[at++] = 0;
            at = putRun(target, at, literals - 18);
        }
        BlockCopy.literals(source, from, source.length, target, at, target.length, literals);
        return at + literals;
    }

    private static int putMatch(byte[] target, int to, int matchBytes, int distance) {
        if (distance <= NEAR_DISTANCE && matchBytes <= MOST_NEAR_BYTES) {
            target[to] = (byte) (((matchBytes - 1) << 5) | (((distance - 1) & 7) << 2));
            target[to + 1] = (byte) ((distance - 1) >> 3);
            return to + 2;
        }
        if (distance <= MIDDLE_DISTANCE) {
            int at = putLength(target, to, 0x20, matchBytes, MOST_MIDDLE_BYTES);
            putShort(target, at, (distance - 1) << 2);
            return at + 2;
        }
        int far = distance - MIDDLE_DISTANCE;
        int at = putLength(target, to, 0x10 | ((far >> 11) & 8), matchBytes, MOST_FAR_BYTES);
        putShort(target, at, far << 2);
        return at + 2;
    }

    private static int putLength(byte[] target, int to, int marker, int matchBytes, int mostBytes) {
        if (matchBytes <= mostBytes) {
            target[to] = (byte) (marker | (matchBytes - 2));
            return to + 1;
        }
        target[to] = (byte) marker;
        return putRun(target, to + 1, matchBytes - mostBytes);
    }

    /// A number from 1: zero bytes of 255 each, then the rest as one byte.
    private static int putRun(byte[] target, int to, int number) {
        int at = to;
        int rest = number;
        for (; rest > 255; rest -= 255) {
            target[at++] = 0;
        }
        target[at++] = (byte) rest;
        return at;
    }

    private static int putEnd(byte[] target, int to) {
        target[to] = 0x11;
        target[to + 1] = 0;
        target[to + 2] = 0;
        return to + 3;
    }
}
