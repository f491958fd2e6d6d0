package io.inquest.cli;

import io.inquest.dump.codec.Codecs;
import io.inquest.output.ByteSize;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine.IVersionProvider;

/// Which Inquest this is: the build writes it into `version.txt`.
public final class ProgramVersion implements IVersionProvider {

    public ProgramVersion() {}

    @Override
    public String[] getVersion() {
        return new String[] {text()};
    }

    /// `inquest 1.2.3`.
    public static String text() {
        try (InputStream text = ProgramVersion.class.getResourceAsStream("version.txt")) {
            return text == null ? "inquest" : new String(text.readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void print(PrintWriter out, boolean verbose) {
        out.println(text());
        if (verbose) {
            Runtime runtime = Runtime.getRuntime();
            out.println("Java        " + System.getProperty("java.vm.name") + " " + Runtime.version());
            out.println("system      " + System.getProperty("os.name") + " " + System.getProperty("os.version") + " "
                    + System.getProperty("os.arch"));
            out.println("processors  " + runtime.availableProcessors());
            out.println("heap limit  " + ByteSize.format(runtime.maxMemory()));
            for (String line : Codecs.describe()) {
                out.println("codecs      " + line);
            }
        }
    }
}
