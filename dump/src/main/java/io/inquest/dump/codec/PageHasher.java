package io.inquest.dump.codec;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.SecureRandom;

/// Names the stored form of each page of a batch by 128 bits: SipHash-2-4 with a key that nobody else knows.
///
/// Pages that have the same name are taken for the same, so it must not happen to two that differ, not even to pages
/// that somebody made up for it: whoever fills a machine's memory does not know the key, and learns nothing of it from
/// the dump. By chance it happens to one of 2^88 dumps of a million pages.
///
/// Safe for many threads.
public final class PageHasher {

    private final long key0;
    private final long key1;

    PageHasher(long key0, long key1) {
        this.key0 = key0;
        this.key1 = key1;
    }

    /// With a new random key.
    public static PageHasher create() {
        SecureRandom random = new SecureRandom();
        return new PageHasher(random.nextLong(), random.nextLong());
    }

    /// Names all pages of a batch that was packed.
    public void name(PackedPages packed) {
        ByteBuffer data = packed.data().duplicate();
        long[] words = new long[packed.pageBytes() / Long.BYTES + 1];
        int at = 0;
        for (int page = 0; page < packed.count(); page++) {
            int bytes = packed.storedBytes(page);
            ByteBuffer stored = data.slice(at, bytes).order(ByteOrder.LITTLE_ENDIAN);
            int count = bytes / Long.BYTES;
            // An array at once: to ask a buffer for each word takes longer than all else here.
            stored.asLongBuffer().get(words, 0, count);
            words[count] = lastWord(stored, count * Long.BYTES, bytes);
            hash(words, count + 1, packed, page);
            at += bytes;
        }
    }

    private void hash(long[] words, int count, PackedPages packed, int page) {
        long a = key0 ^ 0x736f6d6570736575L;
        long b = key1 ^ 0x646f72616e646f6dL ^ 0xee;
        long c = key0 ^ 0x6c7967656e657261L;
        long d = key1 ^ 0x7465646279746573L;
        // Both rounds are written out, on locals: a page has 512 words.
        for (int i = 0; i < count; i++) {
            long word = words[i];
            d ^= word;
            a += b;
            c += d;
            b = Long.rotateLeft(b, 13) ^ a;
            d = Long.rotateLeft(d, 16) ^ c;
            a = Long.rotateLeft(a, 32) + d;
            c += b;
            d = Long.rotateLeft(d, 21) ^ a;
            b = Long.rotateLeft(b, 17) ^ c;
            c = Long.rotateLeft(c, 32) + d;
            a += b;
            b = Long.rotateLeft(b, 13) ^ a;
            d = Long.rotateLeft(d, 16) ^ c;
            a = Long.rotateLeft(a, 32) + d;
            c += b;
            d = Long.rotateLeft(d, 21) ^ a;
            b = Long.rotateLeft(b, 17) ^ c;
            c = Long.rotateLeft(c, 32);
            a ^= word;
        }
        long[] state = {a, b, c ^ 0xee, d};
        long first = finish(state);
        state[1] ^= 0xdd;
        packed.setName(page, first, finish(state));
    }

    /// The bytes behind the last whole word, and the number of all in the highest byte.
    private static long lastWord(ByteBuffer data, int at, int bytes) {
        long last = (long) bytes << 56;
        for (int i = 0; i < (bytes & 7); i++) {
            last |= (data.get(at + i) & 0xffL) << (8 * i);
        }
        return last;
    }

    /// Four rounds, and all words together.
    private static long finish(long[] v) {
        for (int round = 0; round < 4; round++) {
            v[0] += v[1];
            v[1] = Long.rotateLeft(v[1], 13) ^ v[0];
            v[0] = Long.rotateLeft(v[0], 32);
            v[2] += v[3];
            v[3] = Long.rotateLeft(v[3], 16) ^ v[2];
            v[0] += v[3];
            v[3] = Long.rotateLeft(v[3], 21) ^ v[0];
            v[2] += v[1];
            v[1] = Long.rotateLeft(v[1], 17) ^ v[2];
            v[2] = Long.rotateLeft(v[2], 32);
        }
        return v[0] ^ v[1] ^ v[2] ^ v[3];
    }
}
