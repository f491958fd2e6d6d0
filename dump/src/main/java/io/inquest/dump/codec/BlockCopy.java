package io.inquest.dump.codec;

import static io.inquest.dump.codec.LittleEndian.longAt;
import static io.inquest.dump.codec.LittleEndian.putLong;

/// The two copies that every LZ77 decoder is made of.
///
/// Both move eight bytes at a time and may scribble over bytes of the target behind the copy, never at or behind
/// `limit`: what is there is not written yet. The caller has checked that the copy itself is within bounds.
final class BlockCopy {

    /// A pattern of 1 to 7 bytes repeats at each of its multiples too; this is the least one of 8 or more.
    private static final int[] WIDENED = {0, 8, 8, 9, 8, 10, 12, 14};

    /// Up to here a literal run is copied as words; longer ones are worth a call.
    private static final int SHORT_LITERALS = 32;

    private BlockCopy() {}

    /// Copies `length` literals from a source that has bytes up to `sourceEnd`.
    static void literals(byte[] source, int from, int sourceEnd, byte[] target, int to, int limit, int length) {
        if (length > SHORT_LITERALS || sourceEnd - from < length + 7 || limit - to < length + 7) {
            System.arraycopy(source, from, target, to, length);
            return;
        }
        for (int i = 0; i < length; i += 8) {
            putLong(target, to + i, longAt(source, from + i));
        }
    }

    /// Repeats `length` bytes that begin `distance` bytes before `to`; the two may overlap.
    static void match(byte[] target, int distance, int to, int length, int limit) {
        int end = to + length;
        int lastWord = limit - 8;
        int at = to;
        int from = to - distance;
        if (distance < 8 && at <= lastWord) {
            for (int i = 0; i < 8; i++) {
                target[at + i] = target[from + i];
            }
            at += 8;
            from = at - WIDENED[distance];
        }
        int wordsEnd = Math.min(end, limit - 7);
        for (; at < wordsEnd; at += 8, from += 8) {
            putLong(target, at, longAt(target, from));
        }
        for (; at < end; at++, from++) {
            target[at] = target[from];
        }
    }
}
