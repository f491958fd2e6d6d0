package io.inquest.makedumpfile.pipeline;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// Tells pages full of zeros from others. For one thread at a time.
final class ZeroCheck {

    private final int pageBytes;
    private final ByteBuffer zeros;

    ZeroCheck(int pageBytes) {
        this.pageBytes = pageBytes;
        this.zeros = ByteBuffer.allocateDirect(pageBytes);
    }

    /// Room for `count` pages in the form that is compared fastest.
    static ByteBuffer newPages(int count, int pageBytes) {
        return ByteBuffer.allocateDirect(count * pageBytes).order(ByteOrder.nativeOrder());
    }

    /// Whether page `page` of `pages`, the first of which begins at index 0, holds nothing but zeros. Leaves the
    /// buffer cleared.
    boolean isZero(ByteBuffer pages, int page) {
        int start = page * pageBytes;
        // Most pages that are not zero show it at once.
        if (pages.getLong(start) != 0) {
            return false;
        }
        boolean zero = pages.limit(start + pageBytes).position(start).mismatch(zeros) < 0;
        pages.clear();
        return zero;
    }
}
