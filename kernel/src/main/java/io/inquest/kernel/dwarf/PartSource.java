package io.inquest.kernel.dwarf;

import io.inquest.dump.io.ByteSource;
import io.inquest.kernel.elf.SectionFault;
import java.io.IOException;
import java.nio.ByteBuffer;

/// A part of a section, as if it were all of it.
record PartSource(ByteSource section, long start, long size) implements ByteSource {

    static PartSource of(ByteSource section, long start, long bytes) {
        if (start < 0 || bytes < 0 || start > section.size() || bytes > section.size() - start) {
            throw new SectionFault(section.name() + ": has no " + bytes + " bytes at " + start);
        }
        return new PartSource(section, start, bytes);
    }

    @Override
    public String name() {
        return section.name();
    }

    @Override
    public int read(long offset, ByteBuffer target) throws IOException {
        if (offset < 0 || offset >= size) {
            return -1;
        }
        int limit = target.limit();
        target.limit(target.position() + (int) Math.min(target.remaining(), size - offset));
        try {
            return section.read(start + offset, target);
        } finally {
            target.limit(limit);
        }
    }

    @Override
    public void close() {
        // The section belongs to its file.
    }
}
