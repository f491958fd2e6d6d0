package io.inquest.kernel.log;

import io.inquest.dump.DumpException;
import io.inquest.dump.MemoryFault;
import io.inquest.kernel.AddressSpace;
import io.inquest.kernel.Hex;
import io.inquest.kernel.VmcoreInfo;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.OptionalLong;

/// The log before 3.5: a ring of characters, as they went to the console (kernel 2.6.24 … 3.4:
/// `kernel/printk.c`).
///
/// | Variable       | Type           | Meaning                                        |
/// |----------------|----------------|------------------------------------------------|
/// | `log_buf`      | `char *`       | the ring                                       |
/// | `log_buf_len`  | `int`          | its bytes, a power of two                      |
/// | `log_end`      | `unsigned int` | characters ever written (`unsigned long` until 2.6.24) |
/// | `logged_chars` | `unsigned int` | characters since the log was cleared           |
///
/// Each line begins with `<N>`, facility times 8 plus level; the time, if any, is part of the text.
public final class PlainLog implements KernelLog {

    private static final int CHUNK_BYTES = 4096;
    private static final int MAX_BUFFER_BYTES = 1 << 30;

    private final AddressSpace space;
    private final long buffer;
    private final int bufferBytes;
    private final long written;
    private final OptionalLong sinceClear;

    private PlainLog(AddressSpace space, long buffer, int bufferBytes, long written, OptionalLong sinceClear) {
        this.space = space;
        this.buffer = buffer;
        this.bufferBytes = bufferBytes;
        this.written = written;
        this.sinceClear = sinceClear;
    }

    static PlainLog open(AddressSpace space, VmcoreInfo info) throws IOException {
        long buffer = space.readWord(LogKeys.symbol(info, "log_buf"));
        int bytes = space.readInt(LogKeys.symbol(info, "log_buf_len"));
        if (bytes <= 0 || bytes > MAX_BUFFER_BYTES || Integer.bitCount(bytes) != 1) {
            throw new DumpException("log_buf_len is " + Integer.toUnsignedString(bytes)
                    + ", expected a power of two up to " + MAX_BUFFER_BYTES + "; vmcoreinfo may be of another kernel");
        }
        long written = space.readInt(LogKeys.symbol(info, "log_end")) & 0xffff_ffffL;
        OptionalLong loggedChars = info.symbol("logged_chars");
        OptionalLong sinceClear = loggedChars.isPresent()
                ? OptionalLong.of(space.readInt(loggedChars.getAsLong()) & 0xffff_ffffL)
                : OptionalLong.empty();
        return new PlainLog(space, buffer, bytes, written, sinceClear);
    }

    /// Takes pieces of the ring, in order; each array is used again after the call.
    @FunctionalInterface
    public interface Characters {
        void append(byte[] piece, int offset, int length) throws IOException;
    }

    /// Hands the characters to `target` as they are in the ring, oldest first; unreadable pages are left out.
    public LogEnd characters(LogRange range, Characters target) throws IOException {
        long length = Math.min(written, bufferBytes);
        if (range == LogRange.SINCE_CLEAR && sinceClear.isPresent()) {
            length = Math.min(length, sinceClear.getAsLong());
        }
        long at = written - length;
        byte[] bytes = new byte[CHUNK_BYTES];
        String firstFault = "";
        while (at < written) {
            int index = (int) (at & (bufferBytes - 1));
            int run = (int) Math.min(Math.min(written - at, bufferBytes - index), untilPageEnd(buffer + index));
            try {
                space.read(buffer + index, ByteBuffer.wrap(bytes, 0, run));
                target.append(bytes, 0, run);
            } catch (MemoryFault fault) {
                firstFault = firstFault.isEmpty() ? fault.getMessage() : firstFault;
            }
            at += run;
        }
        return firstFault.isEmpty()
                ? new LogEnd.Complete()
                : new LogEnd.Fault(0, "parts of the buffer at " + Hex.of(buffer) + " are missing: " + firstFault);
    }

    private static int untilPageEnd(long address) {
        return CHUNK_BYTES - (int) (address & (CHUNK_BYTES - 1));
    }

    @Override
    public LogEnd visit(LogRange range, LogVisitor visitor) throws IOException {
        PlainLines lines = new PlainLines(visitor);
        LogEnd end = characters(range, lines);
        lines.finish();
        return end;
    }

    @Override
    public boolean recordsCaller() {
        return false;
    }

    @Override
    public boolean showsCaller() {
        return false;
    }

    @Override
    public boolean marksClear() {
        return sinceClear.isPresent();
    }
}
