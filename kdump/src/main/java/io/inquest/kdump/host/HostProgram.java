package io.inquest.kdump.host;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// A program of the host.
public final class HostProgram {

    private final List<String> words;

    public HostProgram(String... words) {
        this(List.of(words));
    }

    public HostProgram(List<String> words) {
        this.words = List.copyOf(words);
    }

    /// Whether PATH has it.
    public static boolean exists(String name) {
        String path = System.getenv("PATH");
        for (String folder : (path == null ? "" : path).split(File.pathSeparator, -1)) {
            if (!folder.isEmpty() && Files.isExecutable(Path.of(folder, name))) {
                return true;
            }
        }
        return false;
    }

    /// What it writes to standard output, without an input.
    public String output() throws IOException {
        return new String(filter(new byte[0]), StandardCharsets.UTF_8);
    }

    /// Runs it to its end; what it writes is of interest only if it fails.
    public void run() throws IOException {
        Process process = start(new ProcessBuilder(words).redirectErrorStream(true));
        process.getOutputStream().close();
        byte[] said = process.getInputStream().readAllBytes();
        check(
                process,
                new String(said, StandardCharsets.UTF_8).lines().findFirst().orElse(""));
    }

    /// What it makes of the input.
    public byte[] filter(byte[] input) throws IOException {
        Process process = start(new ProcessBuilder(words).redirectError(ProcessBuilder.Redirect.DISCARD));
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        Thread reader = Thread.ofPlatform().name("reads " + words.getFirst()).start(() -> {
            try (InputStream in = process.getInputStream()) {
                in.transferTo(output);
            } catch (IOException gone) {
                process.destroy();
            }
        });
        try (OutputStream in = process.getOutputStream()) {
            in.write(input);
        } catch (IOException ended) {
            // Its exit status says more than that it no longer reads.
        }
        try {
            reader.join();
        } catch (InterruptedException interrupted) {
            process.destroy();
            Thread.currentThread().interrupt();
        }
        check(process, "");
        return output.toByteArray();
    }

    private Process start(ProcessBuilder builder) throws IOException {
        try {
            return builder.start();
        } catch (IOException missing) {
            throw new IOException(
                    words.getFirst() + ": cannot be started; is the package installed that has it?", missing);
        }
    }

    private void check(Process process, String said) throws IOException {
        try {
            int status = process.waitFor();
            if (status != 0) {
                throw new IOException(
                        String.join(" ", words) + ": exit status " + status + (said.isEmpty() ? "" : ": " + said));
            }
        } catch (InterruptedException interrupted) {
            process.destroy();
            Thread.currentThread().interrupt();
            throw new IOException(words.getFirst() + ": interrupted", interrupted);
        }
    }
}
