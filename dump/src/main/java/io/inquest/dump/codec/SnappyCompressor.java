package io.inquest.dump.codec;

import static io.inquest.dump.codec.LittleEndian.putShort;

/// Writes raw snappy blocks. The format is described at [SnappyDecompressor].
final class SnappyCompressor extends RoomyCompressor {

    private static final int MOST_DISTANCE = 0xffff;
    private static final int MOST_COPY_BYTES = 64;
    private static final int LEAST_COPY_BYTES = 4;
    private static final int MOST_NEAR_BYTES = 11;
    private static final int NEAR_DISTANCE = 0x7ff;

    private final MatchFinder finder = new MatchFinder(MOST_DISTANCE);

    @Override
    public Compression compression() {
        return Compression.SNAPPY;
    }

    @Override
    int worstCaseBytes(int length) {
        return 32 + length + length / 6;
    }

    @Override
    int encode(byte[] source, int sourceOffset, int length, byte[] target, int targetOffset) {
        int to = putLength(target, targetOffset, length);
        int matches = finder.find(source, sourceOffset, length);
        int from = sourceOffset;
        for (int i = 0; i < matches; i++) {
            int literals = finder.literalBytes[i];
            int matchBytes = finder.matchBytes[i];
            to = putLiterals(source, from, literals, target, to);
            to = putMatch(target, to, matchBytes, finder.distances[i]);
            from += literals + matchBytes;
        }
        return putLiterals(source, from, finder.lastLiterals, target, to) - targetOffset;
    }

    private static int putLength(byte[] target, int to, int length) {
        int at = to;
        int rest = length;
        for (; rest > 0x7f; rest >>>= 7) {
            target[at++] = (byte) (rest | 0x80);
        }
        target[at++] = (byte) rest;
        return at;
    }

    private static int putLiterals(byte[] source, int from, int literals, byte[] target, int to) {
        if (literals == 0) {
            return to;
        }
        int at = to;
        int number = literals - 1;
        if (number < 60) {
            target[at++] = (byte) (number << 2);
        } else {
            int bytes = 4 - (Integer.numberOfLeadingZeros(number) >> 3);
            target[at++] = (byte) ((59 + bytes) << 2);
            for (int i = 0; i < bytes; i++) {
                target[at++] = (byte) (number >>> (8 * i));
            }
        }
        BlockCopy.literals(source, from, source.length, target, at, target.length, literals);
        return at + literals;
    }

    /// A long match becomes several copies; the last but one is cut so that the last is no shorter than allowed.
    private static int putMatch(byte[] target, int to, int matchBytes, int distance) {
        int at = to;
        int rest = matchBytes;
        for (; rest >= MOST_COPY_BYTES + LEAST_COPY_BYTES; rest -= MOST_COPY_BYTES) {
            at = putFarCopy(target, at, MOST_COPY_BYTES, distance);
        }
        if (rest > MOST_COPY_BYTES) {
            at = putFarCopy(target, at, MOST_COPY_BYTES - LEAST_COPY_BYTES, distance);
            rest -= MOST_COPY_BYTES - LEAST_COPY_BYTES;
        }
        if (rest > MOST_NEAR_BYTES || distance > NEAR_DISTANCE) {
            return putFarCopy(target, at, rest, distance);
        }
        target[at] = (byte) (((distance >> 8) << 5) | ((rest - LEAST_COPY_BYTES) << 2) | 1);
        target[at + 1] = (byte) distance;
        return at + 2;
    }

    private static int putFarCopy(byte[] target, int to, int bytes, int distance) {
        target[to] = (byte) (((bytes - 1) << 2) | 2);
        putShort(target, to + 1, distance);
        return to + 3;
    }
}
