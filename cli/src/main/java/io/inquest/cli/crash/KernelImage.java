package io.inquest.cli.crash;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/// Tells a vmlinux from a dump: both may be ELF files, but one is a program.
final class KernelImage {

    private static final byte[] ELF = {0x7f, 'E', 'L', 'F'};
    private static final int TYPE_OFFSET = 16;
    private static final int BIG_ENDIAN_FLAG_OFFSET = 5;
    private static final int ET_EXEC = 2;
    private static final int ET_DYN = 3;

    private KernelImage() {}

    static boolean is(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            return false;
        }
        byte[] start;
        try (InputStream in = Files.newInputStream(file)) {
            start = in.readNBytes(TYPE_OFFSET + 2);
        }
        for (int i = 0; i < ELF.length; i++) {
            if (start.length < TYPE_OFFSET + 2 || start[i] != ELF[i]) {
                return false;
            }
        }
        boolean bigEndian = start[BIG_ENDIAN_FLAG_OFFSET] == 2;
        int type = start[bigEndian ? TYPE_OFFSET + 1 : TYPE_OFFSET];
        return type == ET_EXEC || type == ET_DYN;
    }
}
