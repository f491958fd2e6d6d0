package io.inquest.makedumpfile.erase;

import io.inquest.dump.Completeness;
import io.inquest.dump.Dump;
import io.inquest.dump.DumpHeader;
import io.inquest.dump.Machine;
import io.inquest.dump.Note;
import io.inquest.dump.PhysicalMemory;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/// A dump with some of its memory erased, which its header tells. Closing it closes the dump.
public final class ErasedDump implements Dump {

    private final Dump dump;
    private final PhysicalMemory memory;
    private final DumpHeader header;

    /// `before` is what was erased of the dump already.
    public ErasedDump(Dump dump, Erasures erasures, String before) {
        this.dump = dump;
        this.memory = new ErasedMemory(dump.memory(), erasures);
        this.header = dump.header().withEraseInfo(Optional.of(before + erasures.record()));
    }

    @Override
    public String name() {
        return dump.name();
    }

    @Override
    public Machine machine() {
        return dump.machine();
    }

    @Override
    public PhysicalMemory memory() {
        return memory;
    }

    @Override
    public List<Note> notes() {
        return dump.notes();
    }

    @Override
    public DumpHeader header() {
        return header;
    }

    @Override
    public Completeness completeness() {
        return dump.completeness();
    }

    @Override
    public void close() throws IOException {
        dump.close();
    }
}
