package io.inquest.makedumpfile;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/// One run of a command: what it said, and its exit code.
///
/// @param data standard output as bytes
record CommandRun(int exitCode, byte[] data, String out, String err) {

    static CommandRun makedumpfile(String... args) {
        return makedumpfile(new byte[0], args);
    }

    static CommandRun makedumpfile(byte[] stdin, String... args) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int exitCode = MakedumpfileCommand.run(args, new Streams(new ByteArrayInputStream(stdin), out, err));
        byte[] data = out.toByteArray();
        return new CommandRun(
                exitCode, data, new String(data, StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    static CommandRun vmcoreDmesg(String... args) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int exitCode = VmcoreDmesgCommand.run(args, new Streams(new ByteArrayInputStream(new byte[0]), out, err));
        byte[] data = out.toByteArray();
        return new CommandRun(
                exitCode, data, new String(data, StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }
}
