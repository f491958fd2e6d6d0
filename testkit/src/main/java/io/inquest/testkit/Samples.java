package io.inquest.testkit;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.tukaani.xz.XZInputStream;

/// The real dumps of the project's `samples/` folder, unpacked once into `target/samples` and checked against
/// their recorded checksums.
///
/// ```java
/// Path vmcore = Samples.unpack("6.12-d1");
/// Path pageFlags = Samples.truth("6.12-d1").resolve("kpageflags.gz");
/// Path snappy = Samples.format("makedumpfile-split8of48-d31.snappy");
/// ```
public final class Samples {

    private static final String VMCORE = "vmcore";

    private Samples() {}

    /// The dump of a sample, unpacked.
    public static Path unpack(String sample) throws IOException {
        Path folder = folder(sample);
        return unpacked(folder.resolve("vmcore.xz"), checksum(folder, VMCORE), sample + ".vmcore");
    }

    /// A file of `samples/formats`, unpacked; the name is without `.xz`.
    public static Path format(String name) throws IOException {
        Path folder = folder("formats");
        return unpacked(folder.resolve(name + ".xz"), checksum(folder, name), name);
    }

    /// The folder with what the live kernel said of itself, unpacked.
    public static Path truth(String sample) throws IOException {
        Path target = cache().resolve(sample + ".truth");
        if (!Files.isDirectory(target)) {
            Path part = Files.createTempDirectory(cache(), sample + ".truth-");
            try (InputStream packed = packed(folder(sample).resolve("truth.tar.xz"))) {
                Tar.unpack(packed, part);
            }
            moveUnlessThere(part, target);
        }
        return target;
    }

    /// A file as it lies in `samples/`, for example `6.1-d31/reference/runs.txt`.
    public static Path file(String path) {
        return root().resolve("samples").resolve(path);
    }

    /// A text file of `samples/`, unpacked if it is there only as `.xz`.
    public static String text(String path) throws IOException {
        Path plain = file(path);
        if (Files.exists(plain)) {
            return Files.readString(plain);
        }
        try (InputStream packed = packed(file(path + ".xz"))) {
            return new String(packed.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /// The checksum that `SHA256SUMS` of a sample records under a name, as hexadecimal digits.
    public static String recordedChecksum(String sample, String name) throws IOException {
        return checksum(folder(sample), name);
    }

    /// The project's folder: the nearest one above the working directory that has `samples/README.md`.
    public static Path root() {
        Path start = Path.of("").toAbsolutePath();
        for (Path at = start; at != null; at = at.getParent()) {
            if (Files.exists(at.resolve("samples/README.md"))) {
                return at;
            }
        }
        throw new IllegalStateException("no folder above " + start + " has samples/README.md");
    }

    private static Path folder(String sample) {
        Path folder = file(sample);
        if (!Files.isDirectory(folder)) {
            throw new IllegalArgumentException("no sample " + folder);
        }
        return folder;
    }

    private static Path cache() throws IOException {
        return Files.createDirectories(root().resolve("target/samples"));
    }

    /// The checksum is part of the cached name: a file that is there has been checked, and an outdated one
    /// is not found.
    private static Path unpacked(Path packed, String checksum, String name) throws IOException {
        Path target = cache().resolve(checksum.substring(0, 8) + "-" + name);
        if (Files.exists(target)) {
            return target;
        }
        Path part = Files.createTempFile(cache(), name, ".part");
        MessageDigest digest = sha256();
        try (InputStream in = packed(packed);
                OutputStream out = new DigestOutputStream(Files.newOutputStream(part), digest)) {
            in.transferTo(out);
        }
        String found = HexFormat.of().formatHex(digest.digest());
        if (!found.equals(checksum)) {
            Files.delete(part);
            throw new IOException(packed + ": unpacked sha256 is " + found + ", SHA256SUMS has " + checksum);
        }
        return Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
    }

    private static String checksum(Path folder, String name) throws IOException {
        for (String line : Files.readAllLines(folder.resolve("SHA256SUMS"))) {
            if (line.endsWith("  " + name)) {
                return line.substring(0, line.indexOf(' '));
            }
        }
        throw new IOException(folder.resolve("SHA256SUMS") + " has no line for " + name);
    }

    private static InputStream packed(Path file) throws IOException {
        return new XZInputStream(new BufferedInputStream(Files.newInputStream(file), 1 << 16));
    }

    /// Several test processes may unpack at once: the first one wins, the others take its result.
    private static void moveUnlessThere(Path part, Path target) throws IOException {
        try {
            Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            if (!Files.isDirectory(target)) {
                throw e;
            }
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
