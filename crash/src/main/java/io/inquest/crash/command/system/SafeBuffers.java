package io.inquest.crash.command.system;

import io.inquest.crash.result.Ending;
import io.inquest.crash.result.Layout;
import io.inquest.crash.result.Result;
import io.inquest.crash.result.RowSource;
import io.inquest.crash.result.TextWriter;
import io.inquest.dump.MemoryFault;
import io.inquest.kernel.Kernel;
import io.inquest.kernel.object.KernelObject;
import io.inquest.output.JsonWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.OptionalLong;

/// `log -s`: text that a CPU kept to itself because it could not take the log's lock, in `struct
/// printk_safe_seq_buf` of
/// 4.11 to 5.14 (kernel: `kernel/printk/printk_safe.c`; removed by 93d102f094be). Later kernels write straight to
/// their log.
///
/// @param buffer the per-CPU variable
record SafeBuffers(String buffer, int cpu, long address, long bytes, long lost, String text) {

    private static final List<String> BUFFERS = List.of("nmi_print_seq", "safe_print_seq");

    static Result of(Kernel kernel) throws IOException {
        boolean any = kernel.symbols().address(BUFFERS.getFirst()).isPresent()
                || kernel.symbols().address(BUFFERS.getLast()).isPresent();
        if (!any) {
            return Result.text("this kernel has no per-CPU buffers for its log, so nothing can be left in them\n");
        }
        RowSource<SafeBuffers> rows = sink -> {
            Ending ending = Ending.COMPLETE;
            for (String buffer : BUFFERS) {
                OptionalLong symbol = kernel.symbols().address(buffer);
                for (int cpu : symbol.isEmpty()
                        ? List.<Integer>of()
                        : kernel.perCpu().possible().cpus()) {
                    try {
                        sink.take(of(kernel, buffer, cpu, kernel.perCpu().address(symbol.getAsLong(), cpu)));
                    } catch (MemoryFault lost) {
                        ending = ending.and(Ending.incomplete(buffer + " of CPU " + cpu + ": " + lost.getMessage()));
                    }
                }
            }
            return ending;
        };
        return Result.rows("buffers", rows, new BufferLayout());
    }

    private static SafeBuffers of(Kernel kernel, String name, int cpu, long address) throws IOException {
        KernelObject struct = kernel.object("struct printk_safe_seq_buf", address);
        long bytes = struct.member("len.counter").signed();
        byte[] all = struct.member("buffer").memory();
        String text = new String(all, 0, Math.clamp(bytes, 0, all.length), StandardCharsets.UTF_8);
        return new SafeBuffers(
                name, cpu, address, bytes, struct.member("message_lost.counter").signed(), text);
    }

    private static final class BufferLayout implements Layout<SafeBuffers> {

        private String last = "";

        @Override
        public void text(SafeBuffers row, TextWriter out) throws IOException {
            if (!row.buffer().equals(last)) {
                last = row.buffer();
                out.text("PRINTK_SAFE_SEQ_BUF: ").line(last);
            }
            out.text("CPU: ").number(row.cpu()).text("  ADDR: ").hex(row.address());
            out.text(" LEN: ").number(row.bytes());
            out.text("  MESSAGE_LOST: ").number(row.lost()).newLine();
            if (row.text().isEmpty()) {
                out.line("  (empty)");
            }
            for (String line : row.text().lines().toList()) {
                out.text("  ").line(line);
            }
            out.newLine();
        }

        @Override
        public void members(SafeBuffers row, JsonWriter json) throws IOException {
            json.name("buffer").value(row.buffer()).name("cpu").value(row.cpu());
            json.name("address").hex(row.address()).name("bytes").value(row.bytes());
            json.name("messagesLost").value(row.lost()).name("text").value(row.text());
        }
    }
}
