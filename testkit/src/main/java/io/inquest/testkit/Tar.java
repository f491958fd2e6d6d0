package io.inquest.testkit;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/// Unpacks the plain tar files of the samples: regular files and folders only.
///
/// | offset | size | field | meaning |
/// |---|---|---|---|
/// | 0 | 100 | name | path, ends with NUL if shorter |
/// | 124 | 12 | size | of the contents, octal digits |
/// | 156 | 1 | type flag | `0` file, `5` folder |
///
/// Contents follow, filled up to blocks of 512 bytes; a block of zeroes ends the archive (POSIX.1-1988, ustar).
final class Tar {

    private static final int BLOCK = 512;

    private Tar() {}

    static void unpack(InputStream in, Path folder) throws IOException {
        byte[] header = new byte[BLOCK];
        while (in.readNBytes(header, 0, BLOCK) == BLOCK && header[0] != 0) {
            Path path = folder.resolve(text(header, 0, 100)).normalize();
            if (!path.startsWith(folder)) {
                throw new IOException("tar member outside of its folder: " + path);
            }
            long size = Long.parseLong(text(header, 124, 12).strip(), 8);
            if (header[156] == '5') {
                Files.createDirectories(path);
            } else if (header[156] == '0') {
                copy(in, path, size);
            } else {
                throw new IOException("tar member of unknown type: " + path);
            }
        }
    }

    private static void copy(InputStream in, Path path, long size) throws IOException {
        Files.createDirectories(path.resolve("..").normalize());
        byte[] block = new byte[BLOCK];
        try (OutputStream out = Files.newOutputStream(path)) {
            for (long left = size; left > 0; left -= BLOCK) {
                if (in.readNBytes(block, 0, BLOCK) != BLOCK) {
                    throw new EOFException("tar ends inside of " + path);
                }
                out.write(block, 0, (int) Math.min(left, BLOCK));
            }
        }
    }

    private static String text(byte[] header, int from, int size) {
        int end = from;
        while (end < from + size && header[end] != 0) {
            end++;
        }
        return new String(header, from, end - from, StandardCharsets.US_ASCII);
    }
}
