package io.inquest.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// What a process said and how it ended.
record Launched(int exitCode, String out, String err) {

    /// The root of this project's working copy.
    static Path project() {
        Path here = Path.of("").toAbsolutePath();
        return Files.exists(here.resolve("inquest")) ? here : here.resolve("..").normalize();
    }

    static Launched run(Path directory, Map<String, String> environment, List<String> command)
            throws IOException, InterruptedException {
        Path out = Files.createTempFile("launched", ".out");
        Path err = Files.createTempFile("launched", ".err");
        try {
            ProcessBuilder builder = new ProcessBuilder(command)
                    .directory(directory.toFile())
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile());
            // What is tested is what was just packed, however fresh the sources look.
            builder.environment().put("INQUEST_NO_BUILD", "1");
            builder.environment().putAll(environment);
            Process process = builder.start();
            process.getOutputStream().close();
            if (!process.waitFor(5, TimeUnit.MINUTES)) {
                process.destroyForcibly();
                throw new IOException(command + " did not end");
            }
            return new Launched(
                    process.exitValue(),
                    Files.readString(out, StandardCharsets.UTF_8),
                    Files.readString(err, StandardCharsets.UTF_8));
        } finally {
            Files.delete(out);
            Files.delete(err);
        }
    }

    static Launched run(Path directory, String... command) throws IOException, InterruptedException {
        return run(directory, Map.of(), List.of(command));
    }
}
