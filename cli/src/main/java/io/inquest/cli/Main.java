package io.inquest.cli;

import io.inquest.cli.compatible.PassThrough;
import io.inquest.dump.io.InputFiles;
import io.inquest.makedumpfile.Streams;
import java.io.BufferedWriter;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.OptionalInt;

/// Entry of the inquest command.
public final class Main {

    private static final int BUFFER_CHARACTERS = 1 << 16;

    private Main() {}

    public static void main(String[] args) {
        OptionalInt passedThrough = PassThrough.run(args, Streams.ofProcess());
        if (passedThrough.isPresent()) {
            System.exit(passedThrough.getAsInt());
        }
        PrintWriter out = writer(FileDescriptor.out);
        PrintWriter err = writer(FileDescriptor.err);
        int exitCode;
        try {
            exitCode = run(out, err, args);
        } finally {
            err.flush();
            out.flush();
        }
        // A full disk behind `>` must not look like a success.
        System.exit(exitCode == 0 && out.checkError() ? ExitCode.FAILED : exitCode);
    }

    /// Runs one command and returns its exit code.
    static int run(PrintWriter out, PrintWriter err, String... args) {
        return InputFiles.remember(() -> InquestCommand.commandLine(out, err).execute(args));
    }

    private static PrintWriter writer(FileDescriptor descriptor) {
        FileOutputStream stream = new FileOutputStream(descriptor);
        return new PrintWriter(
                new BufferedWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8), BUFFER_CHARACTERS));
    }
}
