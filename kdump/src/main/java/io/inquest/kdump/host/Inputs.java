package io.inquest.kdump.host;

import io.inquest.dump.io.InputFiles;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// The host's files that an image is made of: none of them may be what the image is written to.
public final class Inputs {

    private Inputs() {}

    public static byte[] bytes(Path file) throws IOException {
        InputFiles.add(file);
        return Files.readAllBytes(file);
    }

    /// A part of a file that is at least as long.
    public static byte[] bytes(Path file, long at, int count) throws IOException {
        InputFiles.add(file);
        try (InputStream in = Files.newInputStream(file)) {
            in.skipNBytes(at);
            return in.readNBytes(count);
        }
    }

    /// Lines of a text in ASCII, or of what contains it.
    public static List<String> lines(Path file) throws IOException {
        InputFiles.add(file);
        return Files.readAllLines(file, StandardCharsets.ISO_8859_1);
    }

    public static void copy(Path file, OutputStream out) throws IOException {
        InputFiles.add(file);
        Files.copy(file, out);
    }

    public static long size(Path file) throws IOException {
        return Files.size(file);
    }
}
