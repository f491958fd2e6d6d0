package io.inquest.kernel.page;

import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/// Size and word format of `struct page` on one machine.
///
/// @param structBytes `SIZE(page)`, a multiple of the word size: the structure begins with an `unsigned long`
/// @param wordBytes size of an `unsigned long`
/// @param order byte order of the machine
record StructShape(int structBytes, int wordBytes, ByteOrder order) {

    int words() {
        return structBytes / wordBytes;
    }

    /// The member of `bytes` bytes at `offset`, null when it does not lie within one word of the structure.
    @Nullable
    WordField field(long offset, int bytes) {
        boolean inside = offset >= 0 && offset + bytes <= structBytes;
        return inside && offset % wordBytes + bytes <= wordBytes ? WordField.at(offset, bytes, wordBytes, order) : null;
    }
}
