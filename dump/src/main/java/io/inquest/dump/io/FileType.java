package io.inquest.dump.io;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;

/// What a name leads to, by `st_mode` of stat(2): Java's attributes call all these "other".
enum FileType {
    FIFO(0x1000),
    CHARACTER_DEVICE(0x2000),
    BLOCK_DEVICE(0x6000),
    OTHER(0);

    private static final int MASK = 0xf000;

    private final int bits;

    FileType(int bits) {
        this.bits = bits;
    }

    /// Whether there is storage behind it that fsync(2) can wait for; of the others it says that they are
    /// invalid.
    boolean canBeForced() {
        return this != FIFO && this != CHARACTER_DEVICE;
    }

    /// How many bytes have room behind `offset` of what is open; empty where nothing is stored.
    OptionalLong room(Path name, FileChannel open, long offset) throws IOException {
        return switch (this) {
            case FIFO, CHARACTER_DEVICE -> OptionalLong.empty();
            case BLOCK_DEVICE -> OptionalLong.of(Math.max(open.size() - offset, 0));
            case OTHER -> OptionalLong.of(Files.getFileStore(name).getUsableSpace());
        };
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
