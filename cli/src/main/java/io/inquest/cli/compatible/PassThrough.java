package io.inquest.cli.compatible;

import io.inquest.capture.CaptureCommand;
import io.inquest.cli.crash.CrashProgram;
import io.inquest.makedumpfile.MakedumpfileCommand;
import io.inquest.makedumpfile.Streams;
import io.inquest.makedumpfile.VmcoreDmesgCommand;
import java.util.Arrays;
import java.util.OptionalInt;

/// Hands a command line over to a command that parses it by its own rules, before picocli sees any of it.
public final class PassThrough {

    private PassThrough() {}

    /// The command's exit code, or empty if the first word names no such command.
    public static OptionalInt run(String[] args, Streams streams) {
        if (args.length == 0) {
            return OptionalInt.empty();
        }
        String[] rest = Arrays.copyOfRange(args, 1, args.length);
        return switch (args[0]) {
            case "makedumpfile" -> OptionalInt.of(MakedumpfileCommand.run(rest, streams));
            case "vmcore-dmesg" -> OptionalInt.of(VmcoreDmesgCommand.run(rest, streams));
            case "capture" ->
                asksForHelp(rest) ? OptionalInt.empty() : OptionalInt.of(CaptureCommand.run(rest, streams));
            case "crash" ->
                asksForHelp(rest) ? OptionalInt.empty() : OptionalInt.of(CrashProgram.run(rest, streams, true));
            default -> OptionalInt.empty();
        };
    }

    /// Help is made by picocli from a declaration.
    private static boolean asksForHelp(String[] args) {
        for (String word : args) {
            if (word.equals("--help") || word.equals("-h")) {
                return true;
            }
        }
        return false;
    }
}
