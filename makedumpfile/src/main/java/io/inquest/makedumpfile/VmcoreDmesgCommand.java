package io.inquest.makedumpfile;

import io.inquest.makedumpfile.message.Messages;
import io.inquest.makedumpfile.pipeline.CrashLog;

/// vmcore-dmesg(8) of kexec-tools: the log of a crashed kernel to standard output.
public final class VmcoreDmesgCommand {

    private static final int EVERYTHING_BUT_DEBUG = 7;

    private VmcoreDmesgCommand() {}

    /// Runs the command; the result is its exit code.
    public static int run(String[] args, Streams streams) {
        Messages messages = new Messages(streams.out(), streams.err(), EVERYTHING_BUT_DEBUG, true);
        if (args.length != 1) {
            messages.error("usage: vmcore-dmesg <kernel core file>\n");
            return ExitCode.FAILED;
        }
        return CrashLog.print(args[0], streams.out(), messages);
    }
}
