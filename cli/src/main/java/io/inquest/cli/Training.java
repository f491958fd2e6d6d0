package io.inquest.cli;

import io.inquest.cli.compatible.PassThrough;
import io.inquest.makedumpfile.Streams;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.Writer;

/// Runs the commands whose start should be fast, once each, while the JVM records what they load.
///
/// `scripts/make-runtime` starts this with a sample to make the AOT cache of `inquest`; nobody else does.
final class Training {

    private Training() {}

    public static void main(String[] args) {
        String dump = args[0];
        run("--version", "--verbose");
        run("dump", "info", dump);
        run("dump", "info", "--json", dump);
        run("dmesg", dump);
        run("dmesg", "--json", "--level", "err+", dump);
        run("explain", dump, "0x1000000");
        run("report", dump);
        pass("crash", "--no-crashrc", dump, "-c", "bt", "-c", "ps", "-c", "sys");
        pass("crash", "--no-crashrc", dump, "-c", "bt --json");
    }

    /// What the command answers is of no interest; that it fails would be, but then a test says so.
    private static void run(String... args) {
        PrintWriter nowhere = new PrintWriter(Writer.nullWriter());
        Main.run(nowhere, nowhere, args);
    }

    private static void pass(String... args) {
        Streams nowhere = new Streams(
                InputStream.nullInputStream(), OutputStream.nullOutputStream(), OutputStream.nullOutputStream());
        PassThrough.run(args, nowhere);
    }
}
