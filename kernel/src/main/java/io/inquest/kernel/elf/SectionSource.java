package io.inquest.kernel.elf;

import io.inquest.dump.io.ByteSource;
import java.io.IOException;
import java.nio.ByteBuffer;

/// A run of a file's bytes as a source of its own; closing it leaves the file open.
final class SectionSource implements ByteSource {

    private final ByteSource file;
    private final String name;
    private final long start;
    private final long size;

    /// `start` and `size` have been checked against the file.
    SectionSource(ByteSource file, String name, long start, long size) {
        this.file = file;
        this.name = name;
        this.start = start;
        this.size = size;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public int read(long offset, ByteBuffer target) throws IOException {
        if (offset < 0 || offset >= size) {
            return -1;
        }
        int limit = target.limit();
        if (target.remaining() > size - offset) {
            target.limit(target.position() + (int) (size - offset));
        }
        try {
            return file.read(start + offset, target);
        } finally {
            target.limit(limit);
        }
    }

    @Override
    public void close() {
        // The file belongs to whoever opened it.
    }
}
