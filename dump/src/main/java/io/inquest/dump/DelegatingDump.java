package io.inquest.dump;

import java.io.IOException;
import java.util.List;

/// A dump as it is, but for its memory. Closing it closes the dump.
///
/// There is no trailer: checksums and classes were those of the dump as it was written.
public class DelegatingDump implements Dump {

    private final Dump dump;
    private final PhysicalMemory memory;

    public DelegatingDump(Dump dump, PhysicalMemory memory) {
        this.dump = dump;
        this.memory = memory;
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
        return dump.header();
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
