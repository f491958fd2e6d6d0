package io.inquest.dump.raw;

import io.inquest.dump.Completeness;
import io.inquest.dump.Dump;
import io.inquest.dump.DumpHeader;
import io.inquest.dump.Machine;
import io.inquest.dump.Note;
import io.inquest.dump.PhysicalMemory;
import io.inquest.dump.RawLayout;
import io.inquest.dump.Warnings;
import io.inquest.dump.format.Counted;
import io.inquest.dump.format.LostPages;
import io.inquest.dump.io.ByteSource;
import io.inquest.dump.segment.SegmentMemory;
import java.io.IOException;
import java.util.List;

/// A raw image of memory with a layout that somebody else knows.
public record RawDump(ByteSource source, Machine machine, PhysicalMemory memory, Completeness completeness)
        implements Dump {

    private static final DumpHeader HEADER = DumpHeader.of("raw memory");

    public static Dump open(ByteSource source, RawLayout layout, Warnings warnings) {
        SegmentMemory memory = new SegmentMemory(
                source, layout.machine().pageShift(), layout.segments(), new LostPages(source.name(), warnings));
        Completeness completeness = memory.lostBytes() == 0
                ? Completeness.COMPLETE
                : Completeness.incomplete(List.of("the file ends at byte " + source.size() + ", "
                        + Counted.of(memory.lostBytes(), "byte") + " of its layout are missing"));
        return new RawDump(source, layout.machine(), memory, completeness);
    }

    @Override
    public String name() {
        return source.name();
    }

    @Override
    public List<Note> notes() {
        return List.of();
    }

    @Override
    public DumpHeader header() {
        return HEADER;
    }

    @Override
    public void close() throws IOException {
        source.close();
    }
}
