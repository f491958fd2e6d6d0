package io.inquest.dump.elf;

import io.inquest.dump.Completeness;
import io.inquest.dump.Dump;
import io.inquest.dump.DumpHeader;
import io.inquest.dump.Machine;
import io.inquest.dump.Note;
import io.inquest.dump.PhysicalMemory;
import io.inquest.dump.io.ByteSource;
import io.inquest.dump.trailer.Shift;
import io.inquest.dump.trailer.Trailer;
import io.inquest.dump.verify.FileEnd;
import io.inquest.dump.verify.Finding;
import io.inquest.dump.verify.Findings;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/// An opened ELF core.
record ElfDump(
        ByteSource source,
        Machine machine,
        PhysicalMemory memory,
        List<Note> notes,
        DumpHeader header,
        List<Finding> findings,
        Optional<Trailer> trailer)
        implements Dump {

    ElfDump {
        notes = List.copyOf(notes);
        findings = List.copyOf(findings);
    }

    @Override
    public Completeness completeness() {
        return Completeness.of(findings);
    }

    @Override
    public void examine(Findings all) throws IOException {
        for (Finding finding : findings) {
            all.add(finding);
        }
        Optional<Shift> shift = trailer.isPresent() ? Optional.empty() : Shift.of(source);
        if (shift.isPresent()) {
            all.add(FileEnd.shifted(shift.get(), shift.get().around()));
        }
        SegmentCheck.examine(memory.segments(), source.size(), memory.pageShift(), all);
    }

    @Override
    public String name() {
        return source.name();
    }

    @Override
    public void close() throws IOException {
        source.close();
    }
}
