package io.inquest.dump.codec;

import static io.inquest.dump.codec.LittleEndian.intAt;
import static io.inquest.dump.codec.LittleEndian.longAt;

import java.util.Arrays;

/// Splits a block into literals and matches: the half of an LZ77 compressor that knows no format.
///
/// Greedy, with one hash table of recent positions, and with the distance of the last match tried first: kernel
/// pages are full of equally spaced structures. Where nothing matches it takes larger and larger steps. A match is not
/// lengthened backwards, which would make pages half a percent smaller and take a tenth more time.
///
/// The table is not cleared between blocks. Positions are stored plus an epoch that grows by each block's length,
/// so whatever an earlier block left is smaller than the epoch.
final class MatchFinder {

    static final int LEAST_MATCH = 4;

    /// Bytes behind a position that a search reads.
    private static final int LOOK_AHEAD = 8;

    private static final int HASH_BITS = 12;
    private static final int STEP_SHIFT = 4;
    private static final int GOLDEN = 0x9E3779B1;

    private final int mostDistance;
    private final int[] heads = new int[1 << HASH_BITS];
    private int nextEpoch = 1;

    /// For each match found: literals before it, its length, its distance.
    int[] literalBytes = new int[0];

    int[] matchBytes = new int[0];
    int[] distances = new int[0];

    /// Literals behind the last match.
    int lastLiterals;

    private int count;

    /// Finds matches up to `mostDistance` bytes away.
    MatchFinder(int mostDistance) {
        this.mostDistance = mostDistance;
    }

    /// Fills the arrays for one block and returns the number of matches.
    int find(byte[] source, int offset, int length) {
        makeRoom(length / LEAST_MATCH + 1);
        int epoch = beginEpoch(length);
        int end = offset + length;
        int searchEnd = end - LOOK_AHEAD;
        int bias = epoch - offset;
        int[] table = heads;
        int literalStart = offset;
        int lastDistance = 1;
        int at = offset + 1;
        count = 0;
        while (at <= searchEnd) {
            int word = intAt(source, at);
            int hash = (word * GOLDEN) >>> (32 - HASH_BITS);
            int candidate = at - lastDistance;
            int head = table[hash] - bias;
            table[hash] = at + bias;
            if (intAt(source, candidate) != word) {
                candidate = head;
                if (head < offset || at - head > mostDistance || intAt(source, head) != word) {
                    at += 1 + ((at - literalStart) >> STEP_SHIFT);
                    continue;
                }
            }
            int distance = at - candidate;
            int matchEnd = at + LEAST_MATCH + equalBytes(source, at + LEAST_MATCH, distance, end);
            add(at - literalStart, matchEnd - at, distance);
            lastDistance = distance;
            literalStart = matchEnd;
            if (matchEnd <= searchEnd) {
                int tail = intAt(source, matchEnd - 2);
                table[(tail * GOLDEN) >>> (32 - HASH_BITS)] = matchEnd - 2 + bias;
            }
            at = matchEnd;
        }
        lastLiterals = end - literalStart;
        return count;
    }

    private void add(int literals, int match, int distance) {
        literalBytes[count] = literals;
        matchBytes[count] = match;
        distances[count] = distance;
        count++;
    }

    /// How many bytes from `at` up to `end` are as those `distance` before them.
    private static int equalBytes(byte[] source, int at, int distance, int end) {
        int i = at;
        for (; i <= end - 8; i += 8) {
            long difference = longAt(source, i) ^ longAt(source, i - distance);
            if (difference != 0) {
                return i - at + (Long.numberOfTrailingZeros(difference) >> 3);
            }
        }
        while (i < end && source[i] == source[i - distance]) {
            i++;
        }
        return i - at;
    }

    private int beginEpoch(int length) {
        if (nextEpoch > Integer.MAX_VALUE - length - 1) {
            Arrays.fill(heads, 0);
            nextEpoch = 1;
        }
        int epoch = nextEpoch;
        nextEpoch += length + 1;
        return epoch;
    }

    private void makeRoom(int matches) {
        if (literalBytes.length < matches) {
            literalBytes = new int[matches];
            matchBytes = new int[matches];
            distances = new int[matches];
        }
    }
}
