package io.inquest.testkit;

import java.nio.charset.StandardCharsets;

/// The log of 2.6.24 to 3.4: a ring of characters (kernel 3.2: `kernel/printk.c`,
/// `log_buf_kexec_setup`, `emit_log_char`).
public final class PlainLogBuilder {

    private final LogPlace place;
    private final int bufferBytes;
    private long end;
    private long sinceClear;

    /// `bufferBytes` is a power of two.
    public PlainLogBuilder(LogPlace place, int bufferBytes) {
        this.place = place;
        this.bufferBytes = bufferBytes;
        place.reserve(place.address(), LogPlace.HEAD_BYTES + bufferBytes);
    }

    /// Characters as the kernel emits them, `<N>` and newline included.
    public PlainLogBuilder emit(String characters) {
        for (byte c : characters.getBytes(StandardCharsets.ISO_8859_1)) {
            place.put8(buffer() + (end & (bufferBytes - 1)), c);
            end++;
            sinceClear = Math.min(sinceClear + 1, bufferBytes);
        }
        return this;
    }

    public PlainLogBuilder clear() {
        sinceClear = 0;
        return this;
    }

    public long buffer() {
        return place.address() + LogPlace.HEAD_BYTES;
    }

    /// Writes the variables and tells vmcoreinfo where they are.
    public void build(VmcoreInfoBuilder info) {
        long at = place.address();
        place.putWord(at, buffer());
        place.put32(at + 8, (int) end);
        place.put32(at + 12, bufferBytes);
        place.put32(at + 16, (int) sinceClear);
        info.symbol("log_buf", at).symbol("log_end", at + 8).symbol("log_buf_len", at + 12);
        info.symbol("logged_chars", at + 16);
    }
}
