package io.inquest.testkit;

/// Where in a machine a log builder may write: virtual addresses from [#address] on, which lie in `memory`
/// at an offset.
///
/// @param delta what to add to a virtual address to find it in `memory`
/// @param wordBytes size of a pointer
public record LogPlace(SyntheticMemory memory, long address, long delta, int wordBytes) {

    /// Bytes for variables in front of a log's buffer.
    static final int HEAD_BYTES = 4096;

    void reserve(long virtual, long bytes) {
        memory.reserve(virtual + delta, bytes);
    }

    void put(long virtual, byte[] bytes) {
        memory.put(virtual + delta, bytes);
    }

    void put8(long virtual, int value) {
        memory.put8(virtual + delta, value);
    }

    void put16(long virtual, int value) {
        memory.put16(virtual + delta, value);
    }

    void put32(long virtual, int value) {
        memory.put32(virtual + delta, value);
    }

    void put64(long virtual, long value) {
        memory.put64(virtual + delta, value);
    }

    void putWord(long virtual, long value) {
        memory.putWord(virtual + delta, value, wordBytes);
    }
}
