package io.inquest.makedumpfile.pipeline;

import io.inquest.dump.io.NoSpaceException;
import io.inquest.kernel.Kernel;
import io.inquest.kernel.log.KernelLog;
import io.inquest.kernel.log.LogEnd;
import io.inquest.kernel.log.LogRange;
import io.inquest.kernel.log.LogStyle;
import io.inquest.kernel.log.LogText;
import io.inquest.makedumpfile.message.Endings;
import io.inquest.makedumpfile.message.Messages;
import io.inquest.makedumpfile.option.Options;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;

/// `--dump-dmesg`: the kernel's log as text, even when nothing else of the dump can be read.
final class LogSaving {

    private final Options options;
    private final OutputStream stdout;
    private final Messages messages;

    LogSaving(Options options, OutputStream stdout, Messages messages) {
        this.options = options;
        this.stdout = stdout;
        this.messages = messages;
    }

    Outcome run() throws IOException {
        String input = options.operands().get(0);
        String file = options.operands().size() > 1 ? options.operands().get(1) : OutputFiles.STDOUT;
        try (DumpInput opened = DumpInput.open(input, messages)) {
            Kernel kernel = KernelAccess.open(opened.dump(), options.filter(), messages)
                    .orElseThrow(() -> MissingVmcoreinfo.of(input));
            KernelLog log = KernelLog.open(kernel);
            LogEnd end = write(log, file);
            if (!end.describe().isEmpty()) {
                messages.failure("dump_dmesg: " + end.describe() + "\n");
                return Outcome.FAILED;
            }
        }
        messages.common(Endings.logSaved(file));
        return Outcome.COMPLETED;
    }

    private LogEnd write(KernelLog log, String file) throws IOException {
        LogRange range =
                options.reporting().logRange() == Options.LogRange.SINCE_CLEARED ? LogRange.SINCE_CLEAR : LogRange.ALL;
        if (file.equals(OutputFiles.STDOUT)) {
            return LogText.write(log, range, LogStyle.MAKEDUMPFILE, stdout);
        }
        try (var sink = OutputFiles.text(file, options.output().overwriting())) {
            LogEnd end = LogText.write(log, range, LogStyle.MAKEDUMPFILE, new SinkStream(sink));
            sink.force();
            return end;
        } catch (NoSpaceException full) {
            throw new CommandFailure("\nCan't write the log file(" + file + "). No space left on device");
        }
    }

    /// A sink written from its begin to its end.
    private static final class SinkStream extends OutputStream {

        private final io.inquest.dump.io.ByteSink sink;
        private long offset;

        SinkStream(io.inquest.dump.io.ByteSink sink) {
            this.sink = sink;
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int from, int count) throws IOException {
            sink.write(offset, ByteBuffer.wrap(bytes, from, count));
            offset += count;
        }
    }
}
