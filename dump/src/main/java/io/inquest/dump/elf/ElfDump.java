package io.inquest.dump.elf;

import io.inquest.dump.Completeness;
import io.inquest.dump.Dump;
import io.inquest.dump.DumpHeader;
import io.inquest.dump.Machine;
import io.inquest.dump.Note;
import io.inquest.dump.PhysicalMemory;
import io.inquest.dump.io.ByteSource;
import io.inquest.dump.trailer.Trailer;
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
        Completeness completeness,
        Optional<Trailer> trailer)
        implements Dump {

    ElfDump {
        notes = List.copyOf(notes);
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
