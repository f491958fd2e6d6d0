package io.inquest.makedumpfile.pipeline;

import io.inquest.dump.Dump;
import io.inquest.dump.DumpException;
import io.inquest.dump.Dumps;
import io.inquest.dump.MemoryFault;
import io.inquest.dump.Warnings;
import io.inquest.dump.io.ByteSource;
import io.inquest.dump.io.FileSource;
import io.inquest.dump.io.GivenName;
import io.inquest.kernel.Kernel;
import io.inquest.kernel.log.KernelLog;
import io.inquest.kernel.log.LogEnd;
import io.inquest.kernel.log.LogRange;
import io.inquest.kernel.log.LogStyle;
import io.inquest.kernel.log.LogText;
import io.inquest.makedumpfile.message.Messages;
import java.io.IOException;
import java.io.OutputStream;

/// The work of vmcore-dmesg(8).
public final class CrashLog {

    private static final int DONE = 0;
    private static final int CANNOT_OPEN = 2;
    private static final int NOT_A_DUMP = 4;
    private static final int NO_LOG = 5;
    /// 128 and SIGPIPE, which ends vmcore-dmesg when nobody reads on.
    private static final int NOBODY_READS = 141;

    private CrashLog() {}

    /// Writes the log of the dump in `file` to `out`; the result is vmcore-dmesg's exit code.
    public static int print(String file, OutputStream out, Messages messages) {
        ByteSource source;
        try {
            source = FileSource.open(GivenName.path(file));
        } catch (DumpException refused) {
            messages.error(refused.getMessage() + "\n");
            return CANNOT_OPEN;
        } catch (IOException failure) {
            messages.error("Cannot open " + file + ": " + CommandFailure.reason(failure) + "\n");
            return CANNOT_OPEN;
        }
        Dump opened;
        try {
            opened = Dumps.open(source, Warnings.NONE);
        } catch (IOException notADump) {
            messages.error(notADump.getMessage() + "\nUnable to read ELF information from vmcore\n");
            close(source);
            return NOT_A_DUMP;
        }
        return print(opened, out, messages);
    }

    private static int print(Dump opened, OutputStream out, Messages messages) {
        try (Dump dump = opened) {
            KernelLog log = KernelLog.open(Kernel.open(dump, messages));
            LogEnd end = LogText.write(log, LogRange.ALL, LogStyle.VMCORE_DMESG, out);
            if (end.describe().isEmpty()) {
                return DONE;
            }
            messages.error(end.describe() + "\n");
        } catch (IOException | MemoryFault failure) {
            if ("Broken pipe".equals(failure.getMessage())) {
                return NOBODY_READS;
            }
            messages.error(failure.getMessage() + "\n");
        }
        return NO_LOG;
    }

    private static void close(ByteSource source) {
        try {
            source.close();
        } catch (IOException nothingWasWritten) {
            // The reason why it is closed has been told.
        }
    }
}
