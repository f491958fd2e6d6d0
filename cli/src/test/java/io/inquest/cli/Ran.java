package io.inquest.cli;

import java.io.PrintWriter;
import java.io.StringWriter;

/// What a command answered when run inside the test.
///
/// @param exitCode its exit code
/// @param out what it wrote to standard output
/// @param err what it wrote to standard error
public record Ran(int exitCode, String out, String err) {

    public static Ran inquest(String... args) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        PrintWriter outWriter = new PrintWriter(out);
        PrintWriter errWriter = new PrintWriter(err);
        int exitCode = Main.run(outWriter, errWriter, args);
        outWriter.flush();
        errWriter.flush();
        return new Ran(exitCode, out.toString(), err.toString());
    }
}
