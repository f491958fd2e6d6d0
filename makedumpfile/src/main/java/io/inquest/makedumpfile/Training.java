package io.inquest.makedumpfile;

import io.inquest.dump.Warnings;
import io.inquest.dump.codec.Compression;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Runs the commands whose start should be fast, once each, while the JVM records what they load.
///
/// `scripts/make-runtime` starts this with a sample to make the AOT cache of `makedumpfile`; nobody else does. What is
/// most often filtered is an ELF core, as a crash kernel has it in `/proc/vmcore`: the sample becomes one first.
final class Training {

    private Training() {}

    /// Takes a dump that holds user pages, and a folder for what is made of it.
    public static void main(String[] args) throws IOException {
        String dump = args[0];
        String core = args[1] + "/core";
        String filtered = args[1] + "/filtered";
        Conversion.Replacement refuse = Conversion.Replacement.REFUSE;
        new Conversion(List.of(dump), core, Conversion.Form.ELF, Compression.NONE, refuse).run(Warnings.NONE);
        run("--check-params", "-c", "-d", "31", core, filtered);
        for (String compression : new String[] {"-c", "-l", "-z"}) {
            write(filtered, compression, "-d", "31", "--message-level", "31", core, filtered);
        }
        write(filtered, "-l", "--adaptive", "-d", "31", core, filtered);
        write(filtered, "-E", "-d", "31", core, filtered);
        write(filtered, "-c", "-d", "31", dump, filtered);
        run("--dump-dmesg", filtered, filtered + ".log");
        run("-F", "-l", "-d", "31", core);
        Files.delete(Path.of(filtered));
        Makedumpfile.main(new String[] {"-d", "31", core, filtered});
    }

    private static void write(String file, String... args) throws IOException {
        Files.deleteIfExists(Path.of(file));
        run(args);
    }

    /// What the command answers is of no interest; that it fails would be, but then a test says so.
    private static void run(String... args) {
        OutputStream nowhere = OutputStream.nullOutputStream();
        int _ = MakedumpfileCommand.run(args, new Streams(InputStream.nullInputStream(), nowhere, nowhere));
    }
}
