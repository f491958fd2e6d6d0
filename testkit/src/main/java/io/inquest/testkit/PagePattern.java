package io.inquest.testkit;

/// Contents for synthetic pages: every page differs, none is zero, and each compresses.
public final class PagePattern {

    private PagePattern() {}

    /// `bytes` bytes that tell `seed`.
    public static byte[] of(long seed, int bytes) {
        byte[] page = new byte[bytes];
        for (int i = 0; i < bytes; i++) {
            page[i] = (byte) (1 + (seed * 31 + (i >>> 3) * (seed | 1)) % 251);
        }
        return page;
    }
}
