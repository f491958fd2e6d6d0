package io.inquest.dump.codec;

import static io.inquest.dump.codec.LittleEndian.intAt;
import static io.inquest.dump.codec.LittleEndian.longAt;

/// The checksum of zstd frames: XXH64 with seed 0 (xxHash, `doc/xxhash_spec.md`).
final class XxHash64 {

    private static final long PRIME_1 = 0x9E3779B185EBCA87L;
    private static final long PRIME_2 = 0xC2B2AE3D27D4EB4FL;
    private static final long PRIME_3 = 0x165667B19E3779F9L;
    private static final long PRIME_4 = 0x85EBCA77C2B2AE63L;
    private static final long PRIME_5 = 0x27D4EB2F165667C5L;

    /// PRIME_1 + PRIME_2 and -PRIME_1, modulo 2^64.
    private static final long FIRST_LANE = 0x60EA27EEADC0B5D6L;

    private static final long LAST_LANE = 0x61C8864E7A143579L;

    private XxHash64() {}

    static long of(byte[] bytes, int offset, int length) {
        int end = offset + length;
        int at = offset;
        long hash = PRIME_5;
        if (length >= 32) {
            hash = stripes(bytes, offset, end);
            at = offset + (length & ~31);
        }
        return avalanche(tail(hash + length, bytes, at, end));
    }

    private static long stripes(byte[] bytes, int offset, int end) {
        long a = FIRST_LANE;
        long b = PRIME_2;
        long c = 0;
        long d = LAST_LANE;
        for (int at = offset; at <= end - 32; at += 32) {
            a = round(a, longAt(bytes, at));
            b = round(b, longAt(bytes, at + 8));
            c = round(c, longAt(bytes, at + 16));
            d = round(d, longAt(bytes, at + 24));
        }
        long hash = Long.rotateLeft(a, 1) + Long.rotateLeft(b, 7) + Long.rotateLeft(c, 12) + Long.rotateLeft(d, 18);
        return merge(merge(merge(merge(hash, a), b), c), d);
    }

    private static long tail(long start, byte[] bytes, int from, int end) {
        long hash = start;
        int at = from;
        for (; at <= end - 8; at += 8) {
            hash = Long.rotateLeft(hash ^ round(0, longAt(bytes, at)), 27) * PRIME_1 + PRIME_4;
        }
        if (at <= end - 4) {
            hash = Long.rotateLeft(hash ^ ((intAt(bytes, at) & 0xffffffffL) * PRIME_1), 23) * PRIME_2 + PRIME_3;
            at += 4;
        }
        for (; at < end; at++) {
            hash = Long.rotateLeft(hash ^ ((bytes[at] & 0xff) * PRIME_5), 11) * PRIME_1;
        }
        return hash;
    }

    private static long round(long lane, long input) {
        return Long.rotateLeft(lane + input * PRIME_2, 31) * PRIME_1;
    }

    private static long merge(long hash, long lane) {
        return (hash ^ round(0, lane)) * PRIME_1 + PRIME_4;
    }

    private static long avalanche(long start) {
        long hash = (start ^ (start >>> 33)) * PRIME_2;
        hash = (hash ^ (hash >>> 29)) * PRIME_3;
        return hash ^ (hash >>> 32);
    }
}
