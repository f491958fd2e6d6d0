package io.inquest.makedumpfile;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/// One run of a command: its exit code and what it said, one character for each byte.
record CommandRun(int exitCode, String out, String err) {

    static CommandRun makedumpfile(String... args) {
        return makedumpfile(new byte[0], args);
    }

    static CommandRun makedumpfile(byte[] stdin, String... args) {
        return run(stdin, streams -> MakedumpfileCommand.run(args, streams));
    }

    static CommandRun vmcoreDmesg(String... args) {
        return run(new byte[0], streams -> VmcoreDmesgCommand.run(args, streams));
    }

    private static CommandRun run(byte[] stdin, Command command) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int exitCode = command.run(new Streams(new ByteArrayInputStream(stdin), out, err));
        return new CommandRun(
                exitCode, out.toString(StandardCharsets.ISO_8859_1), err.toString(StandardCharsets.ISO_8859_1));
    }

    /// Standard output as bytes.
    byte[] data() {
        return out.getBytes(StandardCharsets.ISO_8859_1);
    }

    @FunctionalInterface
    private interface Command {
        int run(Streams streams);
    }
}
