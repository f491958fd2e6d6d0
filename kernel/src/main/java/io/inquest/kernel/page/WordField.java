package io.inquest.kernel.page;

import java.nio.ByteOrder;

/// Where a member of `struct page` lies among the machine words of the structure.
///
/// A block of struct pages is held as one `long` for each `unsigned long` of the machine, so that the same loop
/// serves 32-bit and 64-bit machines of both byte orders: only the place of members narrower than a word
/// depends on them.
///
/// @param word index of the word within the structure
/// @param shift number of bits below the member
/// @param mask the member's bits, after shifting
record WordField(int word, int shift, long mask) {

    /// The member of `bytes` bytes at `offset`. It must not cross a word.
    static WordField at(long offset, int bytes, int wordBytes, ByteOrder order) {
        int inWord = (int) (offset % wordBytes);
        int below = order == ByteOrder.LITTLE_ENDIAN ? inWord : wordBytes - bytes - inWord;
        long mask = bytes == Long.BYTES ? -1L : (1L << (bytes * 8)) - 1;
        return new WordField((int) (offset / wordBytes), below * 8, mask);
    }

    /// The member, unsigned, of the structure whose words begin at `start`.
    long of(long[] words, int start) {
        return words[start + word] >>> shift & mask;
    }
}
