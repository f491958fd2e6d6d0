package io.inquest.dump.flattened;

import io.inquest.dump.Completeness;
import io.inquest.dump.Dump;
import io.inquest.dump.DumpHeader;
import io.inquest.dump.Machine;
import io.inquest.dump.Note;
import io.inquest.dump.PhysicalMemory;
import io.inquest.dump.trailer.Trailer;
import io.inquest.dump.verify.Finding;
import io.inquest.dump.verify.Findings;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The dump in a flattened file, which also says how the stream ended.
record FlattenedDump(Dump inner, Optional<Finding> damage) implements Dump {

    @Override
    public String name() {
        return inner.name();
    }

    @Override
    public Machine machine() {
        return inner.machine();
    }

    @Override
    public PhysicalMemory memory() {
        return inner.memory();
    }

    @Override
    public List<Note> notes() {
        return inner.notes();
    }

    @Override
    public DumpHeader header() {
        return inner.header().withFormat("flattened " + inner.header().format());
    }

    @Override
    public Optional<Trailer> trailer() {
        return inner.trailer();
    }

    @Override
    public Completeness completeness() {
        if (damage.isEmpty()) {
            return inner.completeness();
        }
        List<String> remarks = new ArrayList<>();
        remarks.add(damage.get().reason());
        remarks.addAll(inner.completeness().remarks());
        return Completeness.incomplete(remarks);
    }

    @Override
    public void examine(Findings findings) throws IOException {
        damage.ifPresent(findings::add);
        inner.examine(findings);
    }

    @Override
    public void close() throws IOException {
        inner.close();
    }
}
