package io.inquest.testkit;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.NavigableMap;
import java.util.TreeMap;

/// Memory made by a test: pages of 4096 bytes that come into being when something is written to them.
///
/// Used as physical memory, or as virtual memory without page tables in between.
public final class SyntheticMemory {

    public static final int PAGE_BYTES = 4096;

    private final NavigableMap<Long, byte[]> pages = new TreeMap<>(Long::compareUnsigned);
    private final ByteOrder order;

    public SyntheticMemory(ByteOrder order) {
        this.order = order;
    }

    public ByteOrder order() {
        return order;
    }

    /// All pages by frame number, that is address divided by 4096; live, so that a test may take pages away.
    public NavigableMap<Long, byte[]> pages() {
        return pages;
    }

    public void put(long address, byte[] bytes) {
        for (int i = 0; i < bytes.length; i++) {
            long at = address + i;
            page(at)[(int) at & (PAGE_BYTES - 1)] = bytes[i];
        }
    }

    public void putText(long address, String text) {
        put(address, text.getBytes(StandardCharsets.UTF_8));
    }

    public void put8(long address, int value) {
        put(address, new byte[] {(byte) value});
    }

    public void put16(long address, int value) {
        put(address, buffer(Short.BYTES).putShort((short) value).array());
    }

    public void put32(long address, int value) {
        put(address, buffer(Integer.BYTES).putInt(value).array());
    }

    public void put64(long address, long value) {
        put(address, buffer(Long.BYTES).putLong(value).array());
    }

    /// Writes an `unsigned long` or pointer of 4 or 8 bytes.
    public void putWord(long address, long value, int wordBytes) {
        if (wordBytes == Long.BYTES) {
            put64(address, value);
        } else {
            put32(address, (int) value);
        }
    }

    /// Makes pages, all zero where nothing was written.
    public void reserve(long address, long bytes) {
        for (long at = address & -PAGE_BYTES; at < address + bytes; at += PAGE_BYTES) {
            page(at);
        }
    }

    private ByteBuffer buffer(int bytes) {
        return ByteBuffer.allocate(bytes).order(order);
    }

    private byte[] page(long address) {
        return pages.computeIfAbsent(address >>> 12, pfn -> new byte[PAGE_BYTES]);
    }
}
