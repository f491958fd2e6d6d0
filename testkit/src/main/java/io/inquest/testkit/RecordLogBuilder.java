package io.inquest.testkit;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/// The log of 3.5 to 5.9: records in a buffer (kernels 3.10, 4.19, 5.4: `kernel/printk/printk.c`, `log_store`).
///
/// `struct printk_log` is packed to 16 bytes, 20 with `CONFIG_PRINTK_CALLER`, and aligned to 4, on machines
/// that may access words anywhere, as x86; elsewhere to 8. `struct log` of 3.5 to 3.10 has the same members.
public final class RecordLogBuilder {

    private final LogPlace place;
    private final String struct;
    private final int bufferBytes;
    private final int alignment;
    private final int headerBytes;
    private final boolean caller;

    /// Length of the record at an index, 0 where the buffer wraps.
    private final Map<Integer, Integer> lengths = new HashMap<>();

    private int records;
    private int first;
    private int next;
    private int clear;

    /// `struct` is `printk_log` or `log`; `alignment` 4 or 8.
    public RecordLogBuilder(LogPlace place, String struct, int bufferBytes, int alignment, boolean caller) {
        this.place = place;
        this.struct = struct;
        this.bufferBytes = bufferBytes;
        this.alignment = alignment;
        this.caller = caller;
        this.headerBytes = aligned(caller ? 20 : 16);
        place.reserve(place.address(), LogPlace.HEAD_BYTES + bufferBytes);
    }

    private int aligned(int bytes) {
        return (bytes + alignment - 1) & -alignment;
    }

    public long buffer() {
        return place.address() + LogPlace.HEAD_BYTES;
    }

    /// Address of the record that comes next.
    public long nextRecord() {
        return buffer() + next;
    }

    public int headerBytes() {
        return headerBytes;
    }

    public RecordLogBuilder append(SyntheticRecord record) {
        return append(record, "");
    }

    /// With a dictionary behind the text.
    public RecordLogBuilder append(SyntheticRecord record, String dictionary) {
        byte[] dict = dictionary.getBytes(StandardCharsets.UTF_8);
        int size = aligned(headerBytes + record.bytes().length + dict.length);
        makeFree(size);
        if (next + size + headerBytes > bufferBytes) {
            place.put(buffer() + next, new byte[headerBytes]);
            lengths.put(next, 0);
            next = 0;
        }
        long at = buffer() + next;
        place.put64(at, record.nanoseconds());
        place.put16(at + 8, size);
        place.put16(at + 10, record.bytes().length);
        place.put16(at + 12, dict.length);
        place.put8(at + 14, record.facility());
        place.put8(at + 15, record.flagsAndLevel(place.memory().order()));
        if (caller) {
            place.put32(at + 16, record.caller());
        }
        place.put(at + headerBytes, record.bytes());
        place.put(at + headerBytes + record.bytes().length, dict);
        lengths.put(next, size);
        records++;
        next += size;
        return this;
    }

    /// Drops the oldest records until `size` bytes and an empty header fit (`log_make_free_space`).
    private void makeFree(int size) {
        while (records > 0 && !hasSpace(size)) {
            int length = lengths.getOrDefault(first, 0);
            first = length == 0 ? lengths.getOrDefault(0, 0) : first + length;
            records--;
        }
    }

    private boolean hasSpace(int size) {
        int free = next > first || records == 0 ? Math.max(bufferBytes - next, first) : first - next;
        return free >= size + headerBytes;
    }

    public RecordLogBuilder clear() {
        clear = next;
        return this;
    }

    /// Writes the variables and tells vmcoreinfo of them and of the structure.
    public void build(VmcoreInfoBuilder info) {
        long at = place.address();
        place.putWord(at, buffer());
        place.put32(at + 8, bufferBytes);
        place.put32(at + 12, first);
        place.put32(at + 16, clear);
        place.put32(at + 20, next);
        info.symbol("log_buf", at).symbol("log_buf_len", at + 8).symbol("log_first_idx", at + 12);
        info.symbol("clear_idx", at + 16).symbol("log_next_idx", at + 20);
        info.size(struct, headerBytes).offset(struct + ".ts_nsec", 0).offset(struct + ".len", 8);
        info.offset(struct + ".text_len", 10).offset(struct + ".dict_len", 12);
        if (caller) {
            info.offset(struct + ".caller_id", 16);
        }
    }
}
