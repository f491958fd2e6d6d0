package io.inquest.makedumpfile.damage;

import io.inquest.makedumpfile.Makedumpfile;
import io.inquest.testkit.Samples;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// makedumpfile as a process of its own, so that it can be killed, stopped and starved.
final class BrokenRun {

    private static final long MOST_MINUTES = 10;

    private final List<String> command = new ArrayList<>();
    private final Path stdout;
    private final List<Path> outputs;

    /// The forms that a run writes.
    enum Form {
        NONE(""),
        ZLIB("-c"),
        LZO("-l"),
        SNAPPY("-p"),
        ZSTD("-z"),
        SHARED("-l --dedup"),
        ELF("-E"),
        FLATTENED("-c -F"),
        SPLIT("-z --split --splitblock-size 8192");

        private final String options;

        Form(String options) {
            this.options = options;
        }

        private List<String> words() {
            return options.isEmpty() ? List.of() : List.of(options.split(" ", -1));
        }
    }

    /// @param wrapping a shell command line that becomes the run by `exec "$@"`; nothing for none
    BrokenRun(Form form, int level, int processors, Path input, Path folder, String wrapping) {
        outputs = new ArrayList<>();
        for (int part = 0; part < (form == Form.SPLIT ? 3 : 1); part++) {
            outputs.add(folder.resolve("out" + part));
        }
        stdout = form == Form.FLATTENED ? outputs.getFirst() : folder.resolve("stdout");
        if (!wrapping.isEmpty()) {
            command.addAll(List.of("sh", "-c", wrapping, "sh"));
        }
        command.addAll(List.of(
                ProcessHandle.current().info().command().orElse("java"),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xmx256m",
                "-XX:ActiveProcessorCount=" + processors,
                "--enable-native-access=ALL-UNNAMED",
                "-Dinquest.lib=" + Samples.root().resolve("dump/target/native"),
                "-cp",
                System.getProperty("java.class.path"),
                Makedumpfile.class.getName()));
        command.addAll(form.words());
        command.addAll(List.of("-d", String.valueOf(level), input.toString()));
        if (form != Form.FLATTENED) {
            outputs.forEach(output -> command.add(output.toString()));
        }
    }

    List<Path> outputs() {
        return outputs;
    }

    /// Begins to run; nothing is written where outputs of another run are.
    Process start() throws IOException {
        for (Path output : outputs) {
            Files.deleteIfExists(output);
        }
        return new ProcessBuilder(command)
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .redirectOutput(stdout.toFile())
                .redirectError(stderr().toFile())
                .start();
    }

    private Path stderr() {
        return stdout.resolveSibling("stderr");
    }

    /// Whether it said on standard error that something could not be read.
    boolean hasComplained() throws IOException {
        String said = Files.readString(stderr());
        return said.contains("could not be read") || said.contains("cannot be read");
    }

    /// Waits until so many bytes are written, or the run has ended.
    void awaitBytes(Process process, long bytes) throws IOException, InterruptedException {
        while (process.isAlive() && writtenBytes() < bytes) {
            TimeUnit.MILLISECONDS.sleep(1);
        }
    }

    long writtenBytes() throws IOException {
        long bytes = 0;
        for (Path output : outputs) {
            bytes += Files.exists(output) ? Files.size(output) : 0;
        }
        return bytes;
    }

    /// Its exit status; a run that does not end is an error.
    static int await(Process process) throws InterruptedException {
        boolean ended = process.waitFor(MOST_MINUTES, TimeUnit.MINUTES);
        if (!ended) {
            process.destroyForcibly();
            throw new AssertionError("hangs: no end after " + MOST_MINUTES + " minutes");
        }
        return process.exitValue();
    }

    /// Sends a signal, by the name that kill(1) knows.
    static void signal(Process process, String name) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid()))
                .start()
                .waitFor();
    }
}
