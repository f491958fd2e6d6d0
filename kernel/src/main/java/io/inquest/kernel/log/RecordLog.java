package io.inquest.kernel.log;

import io.inquest.dump.DumpException;
import io.inquest.dump.MemoryFault;
import io.inquest.kernel.AddressSpace;
import io.inquest.kernel.VmcoreInfo;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;

/// The log of 3.5 to 5.9: records of different length in a buffer (kernel: `kernel/printk/printk.c`).
///
/// `log_buf` (pointer), `log_buf_len` (u32); records go from `log_first_idx` to `log_next_idx`, both byte
/// offsets. Where the next record would not fit, one with `len` 0 sends the reader to the beginning of the
/// buffer. `clear_idx` is the first record since the log was cleared. One record ([RecordLayout]) is its
/// header, text, dictionary, padding.
final class RecordLog implements KernelLog {

    private static final int MAX_BUFFER_BYTES = 1 << 30;
    private static final int LOG_NEWLINE = 2;
    private static final int LOG_PREFIX = 4;
    private static final int LOG_CONT = 8;

    private final AddressSpace space;
    private final RecordLayout layout;
    private final long buffer;
    private final long bufferBytes;
    private final long firstIndex;
    private final long nextIndex;
    private final OptionalLong clearIndex;

    private RecordLog(AddressSpace space, VmcoreInfo info) throws IOException {
        this.space = space;
        this.layout = RecordLayout.of(info);
        this.buffer = space.readWord(LogKeys.symbol(info, "log_buf"));
        this.bufferBytes = variable(info, "log_buf_len");
        this.firstIndex = variable(info, "log_first_idx");
        this.nextIndex = variable(info, "log_next_idx");
        this.clearIndex = info.symbol("clear_idx").isPresent()
                ? OptionalLong.of(variable(info, "clear_idx"))
                : OptionalLong.empty();
        if (bufferBytes == 0 || bufferBytes > MAX_BUFFER_BYTES) {
            throw new DumpException("log_buf_len is " + bufferBytes + ", expected up to " + MAX_BUFFER_BYTES
                    + "; vmcoreinfo may be of another kernel");
        }
    }

    static RecordLog open(AddressSpace space, VmcoreInfo info) throws IOException {
        return new RecordLog(space, info);
    }

    private long variable(VmcoreInfo info, String name) throws IOException {
        return space.readInt(LogKeys.symbol(info, name)) & 0xffff_ffffL;
    }

    @Override
    public LogEnd visit(LogRange range, LogVisitor visitor) throws IOException {
        boolean all = range == LogRange.ALL || clearIndex.isEmpty();
        long start = all || !isRecord(clearIndex.getAsLong()) ? firstIndex : clearIndex.getAsLong();
        Delivery delivery = new Delivery(visitor);
        LogEnd end = walk(start, delivery);
        return end instanceof LogEnd.Complete && delivery.lost > 0
                ? new LogEnd.Fault(delivery.lost, delivery.firstFault)
                : end;
    }

    /// Whether a record begins at `index`, or the next one will. A mark that was overtaken by newer records
    /// points into the middle of one of them: then all records are newer.
    private boolean isRecord(long index) throws IOException {
        boolean[] met = {index == nextIndex};
        walk(firstIndex, (at, header) -> met[0] |= at == index);
        return met[0];
    }

    @FunctionalInterface
    private interface HeaderVisitor {
        void header(long index, ByteBuffer header) throws IOException;
    }

    private LogEnd walk(long start, HeaderVisitor visitor) throws IOException {
        ByteBuffer header = ByteBuffer.allocate(layout.headerBytes()).order(space.order());
        long index = start;
        long walked = 0;
        boolean wrapped = false;
        while (index != nextIndex) {
            if (index + layout.headerBytes() > bufferBytes) {
                return new LogEnd.IndexOutside(buffer, index);
            }
            try {
                space.read(buffer + index, header.clear());
            } catch (MemoryFault fault) {
                return new LogEnd.Fault(0, fault.getMessage());
            }
            int length = layout.recordBytes(header);
            if (length != 0 && (length < layout.headerBytes() || index + length > bufferBytes)) {
                return new LogEnd.IndexOutside(buffer, index);
            }
            walked += length;
            if (walked > bufferBytes || (length == 0 && wrapped)) {
                return new LogEnd.Loop(buffer, index);
            }
            if (length == 0) {
                wrapped = true;
                index = 0;
            } else {
                visitor.header(index, header);
                index += length;
            }
        }
        return new LogEnd.Complete();
    }

    /// Hands over records one after the other; one whose text cannot be read is counted and left out.
    private final class Delivery implements HeaderVisitor {

        private final LogVisitor visitor;
        private int previousFlags;
        private long lost;
        private String firstFault = "";

        Delivery(LogVisitor visitor) {
            this.visitor = visitor;
        }

        @Override
        public void header(long index, ByteBuffer header) throws IOException {
            ByteBuffer text = ByteBuffer.allocate(layout.textBytes(header));
            ByteBuffer dictionary = ByteBuffer.allocate(layout.dictionaryBytes(header));
            try {
                space.read(buffer + index + layout.headerBytes(), text);
                space.read(buffer + index + layout.headerBytes() + text.capacity(), dictionary);
            } catch (MemoryFault fault) {
                firstFault = lost++ == 0 ? fault.getMessage() : firstFault;
                return;
            }
            int flags = layout.flags(header);
            visitor.record(new LogRecord(
                    OptionalLong.empty(),
                    OptionalLong.of(layout.nanoseconds(header)),
                    OptionalInt.of(layout.level(header)),
                    OptionalInt.of(layout.facility(header)),
                    layout.caller(header),
                    continues(previousFlags, flags),
                    lines(dictionary.array()),
                    text.flip()));
            previousFlags = flags;
        }
    }

    /// Properties of a dictionary: each ends with a NUL or with it.
    private static List<String> lines(byte[] dictionary) {
        List<String> lines = new ArrayList<>();
        int start = 0;
        for (int i = 0; i <= dictionary.length; i++) {
            if (i == dictionary.length || dictionary[i] == 0) {
                if (i > start) {
                    lines.add(new String(dictionary, start, i - start, StandardCharsets.ISO_8859_1));
                }
                start = i + 1;
            }
        }
        return lines;
    }

    /// Whether the kernel prints a record on the line of the one before it.
    private static boolean continues(int previous, int flags) {
        boolean open = (previous & LOG_CONT) != 0 && (previous & LOG_NEWLINE) == 0;
        return open && ((flags & LOG_CONT) != 0 || (flags & LOG_PREFIX) == 0);
    }

    @Override
    public boolean recordsCaller() {
        return layout.hasCaller();
    }

    /// The member exists only with `CONFIG_PRINTK_CALLER` (since 5.1).
    @Override
    public boolean showsCaller() {
        return layout.hasCaller();
    }

    @Override
    public boolean marksClear() {
        return clearIndex.isPresent();
    }
}
