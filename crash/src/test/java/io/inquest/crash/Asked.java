package io.inquest.crash;

import io.inquest.crash.session.Session;
import io.inquest.crash.session.Sources;
import io.inquest.crash.shell.Console;
import io.inquest.crash.shell.Shell;
import io.inquest.dump.Dump;
import io.inquest.dump.Dumps;
import io.inquest.kernel.Kernel;
import io.inquest.testkit.Samples;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// What a command answered.
///
/// ```java
/// Asked asked = Asked.of("6.12-d1", "ptob 512a");
/// ```
public record Asked(int exitCode, String out, String err) {

    /// Dumps stay open until the tests of the module have ended: all of them ask the same few.
    private static final Map<String, Kernel> KERNELS = new ConcurrentHashMap<>();

    /// Asks a sample in a session of its own.
    public static Asked of(String sample, String... commandLines) {
        return of(new Session(kernel(sample), new Sources(List.of("vmcore.sample"), Optional.empty())), commandLines);
    }

    /// Asks in a session that goes on.
    public static Asked of(Session session, String... commandLines) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        Shell shell = new Shell(session, new Console(new PrintWriter(out), new PrintWriter(err), false), false);
        int exitCode = shell.runLines(List.of(commandLines));
        return new Asked(exitCode, out.toString(), err.toString());
    }

    /// The kernel of a sample, opened once.
    public static Kernel kernel(String sample) {
        return KERNELS.computeIfAbsent(sample, Asked::open);
    }

    /// The address of a symbol of a sample.
    public static long kernelSymbol(String sample, String name) {
        try {
            return kernel(sample).symbols().address(name).orElseThrow();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Kernel open(String sample) {
        try {
            Path vmcore = Samples.unpack(sample);
            Dump dump = Dumps.open(List.of(vmcore), warning -> {});
            return Kernel.open(dump, warning -> {});
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /// What crash 9.0.2 answered on that sample.
    public static String crash(String sample, String file) throws IOException {
        return Samples.text(sample + "/reference/crash-9.0.2/" + file);
    }
}
