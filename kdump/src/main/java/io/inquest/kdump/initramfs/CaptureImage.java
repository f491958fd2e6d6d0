package io.inquest.kdump.initramfs;

import io.inquest.dump.io.OwnerFile;
import io.inquest.kdump.host.Inputs;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/// The image that a capture kernel starts with: two archives, which the kernel unpacks one after the other.
///
/// | archive | packed | has
/// |
/// |---------|--------|------------------------------------------------------------------------------------------------|
/// | first   | no     | `/etc/inquest/digest`: of all inputs, so that it can be read from here; the runtime, if
/// squashed |
/// | second  | yes    | process 1, modules, configuration, all else
/// |
///
/// @param archive the second one
/// @param packing of the second archive
/// @param squashed the runtime that goes into the first, with the compressor; empty where it lies in the second, or
/// there is none
public record CaptureImage(Archive archive, Packing packing, Optional<Squashed> squashed) {

    private static final String DIGEST_PATH = "/etc/inquest/digest";

    static final String RUNTIME_PATH = "/inquest.squashfs";

    /// Where the digest stands in the file: behind the headers of `etc`, `etc/inquest` and its own, each with the name
    /// filled up.
    private static final int DIGEST_AT = 116 + 124 + 132;

    private static final int DIGEST_DIGITS = 64;

    /// A runtime that lies in one file.
    ///
    /// @param compressor as mksquashfs calls it
    public record Squashed(RuntimeFolder runtime, String compressor) {}

    /// Of all inputs: the same for the same image.
    public String digest() throws IOException {
        MessageDigest digest = sha256();
        digest.update((packing.word() + "\n").getBytes(StandardCharsets.US_ASCII));
        archive.digest(digest);
        if (squashed.isPresent()) {
            digest.update(squashed.get().compressor().getBytes(StandardCharsets.US_ASCII));
            squashed.get().runtime().archive().digest(digest);
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    /// Whether that file is this image already.
    public boolean isIn(Path file) throws IOException {
        if (!Files.isRegularFile(file) || Inputs.size(file) < DIGEST_AT + DIGEST_DIGITS) {
            return false;
        }
        byte[] digits = Inputs.bytes(file, DIGEST_AT, DIGEST_DIGITS);
        return new String(digits, StandardCharsets.US_ASCII).equals(digest());
    }

    /// Writes it, for its owner alone. Until all of it is on the disk, what was there keeps the name.
    public void write(Path file) throws IOException {
        Path unfinished = file.resolveSibling(file.getFileName() + ".new");
        Path runtime = file.resolveSibling(file.getFileName() + ".runtime");
        try {
            Archive first = new Archive();
            first.file(DIGEST_PATH, 0644, digest());
            if (squashed.isPresent()) {
                squashed.get().runtime().squash(runtime, squashed.get().compressor());
                first.file(RUNTIME_PATH, 0644, runtime);
            }
            try (FileChannel channel = OwnerFile.replace(unfinished)) {
                OutputStream out = new BufferedOutputStream(Channels.newOutputStream(channel));
                CpioArchive.write(first, out);
                out.write(packed());
                out.flush();
                channel.force(true);
            }
            Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(runtime);
            Files.deleteIfExists(unfinished);
        }
    }

    private byte[] packed() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        CpioArchive.write(archive, bytes);
        return packing.pack(bytes.toByteArray());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException each) {
            throw new IllegalStateException(each); // each Java has it
        }
    }
}
