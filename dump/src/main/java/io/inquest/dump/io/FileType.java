package io.inquest.dump.io;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// What a name leads to, by `st_mode` of stat(2): Java's attributes call all these "other".
enum FileType {
    FIFO(0x1000),
    BLOCK_DEVICE(0x6000),
    OTHER(0);

    private static final int MASK = 0xf000;

    private final int bits;

    FileType(int bits) {
        this.bits = bits;
    }

    /// Follows links.
    static FileType of(Path path) throws IOException {
        int mode;
        try {
            mode = (Integer) Files.getAttribute(path, "unix:mode");
        } catch (UnsupportedOperationException notUnix) {
            return OTHER;
        }
        for (FileType type : values()) {
            if (type.bits == (mode & MASK)) {
                return type;
            }
        }
        return OTHER;
    }
}
