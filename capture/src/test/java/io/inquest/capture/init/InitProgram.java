package io.inquest.capture.init;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Process 1's program, run as any other.
final class InitProgram {

    static final Path PATH = Path.of("target", "native", "inquest-init").toAbsolutePath();

    /// @param out standard output
    /// @param err standard error
    record Ended(int status, String out, String err) {}

    private InitProgram() {}

    static void assumeBuilt() {
        assumeTrue(Files.exists(PATH), "not built: no C compiler, or no static C library");
    }

    static Ended run(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(arguments));
        command.addFirst(PATH.toString());
        return start(command);
    }

    static Ended start(List<String> command) throws IOException, InterruptedException {
        Path err = Files.createTempFile("inquest-init", ".err");
        try {
            Process process = new ProcessBuilder(command)
                    .redirectInput(
                            ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                    .redirectError(err.toFile())
                    .start();
            String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            int status = process.waitFor();
            return new Ended(status, out, Files.readString(err, StandardCharsets.ISO_8859_1));
        } finally {
            Files.delete(err);
        }
    }
}
