package io.inquest.dump.io;

import io.inquest.dump.DumpException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/// The files and disks that this process reads, as the system knows them: whatever name another one has for a file that
/// is being read, link or not, it must neither be removed nor written to.
///
/// Read from `/proc/self/fd`; where there is none, nothing is found. A file that is open for writing alone is none of
/// them: `/dev/stdout` may lead to it.
final class OpenInputs {

    private static final Path DESCRIPTORS = Path.of("/proc/self/fd");
    private static final Path DESCRIPTIONS = Path.of("/proc/self/fdinfo");
    private static final String FLAGS = "flags:";
    private static final int ACCESS_MODE = 3;
    private static final int WRITE_ONLY = 1;

    private OpenInputs() {}

    /// Throws if `output` is one of them. A name that leads to nothing is none.
    static void refuse(Path output) throws IOException {
        Object key = fileKey(output);
        if (key != null && isOpenToRead(key)) {
            throw new DumpException(
                    output + ": is the input itself, which would be lost; give another name for what is to be written");
        }
    }

    private static boolean isOpenToRead(Object key) throws IOException {
        try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(DESCRIPTORS)) {
            for (Path descriptor : descriptors) {
                if (key.equals(fileKey(descriptor)) && reads(descriptor.getFileName())) {
                    return true;
                }
            }
            return false;
        } catch (IOException | DirectoryIteratorException notLinux) {
            return false;
        }
    }

    /// What names a file or disk, whatever its path; null for all else, which cannot be lost.
    private static @Nullable Object fileKey(Path path) {
        try {
            BasicFileAttributes file = Files.readAttributes(path, BasicFileAttributes.class);
            boolean holdsData = file.isRegularFile() || (file.isOther() && FileType.of(path) == FileType.BLOCK_DEVICE);
            return holdsData ? file.fileKey() : null;
        } catch (IOException gone) {
            return null;
        }
    }

    /// Whether a descriptor of this process is open for reading: the access mode is the last octal digit of its flags.
    private static boolean reads(Path descriptor) throws IOException {
        String text = Files.readString(DESCRIPTIONS.resolve(descriptor), StandardCharsets.ISO_8859_1);
        int at = text.indexOf(FLAGS);
        int end = at < 0 ? -1 : text.indexOf('\n', at);
        return end > 0 && (text.charAt(end - 1) - '0' & ACCESS_MODE) != WRITE_ONLY;
    }
}
