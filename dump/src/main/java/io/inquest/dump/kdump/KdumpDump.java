package io.inquest.dump.kdump;

import io.inquest.dump.Completeness;
import io.inquest.dump.Dump;
import io.inquest.dump.DumpHeader;
import io.inquest.dump.Machine;
import io.inquest.dump.Note;
import io.inquest.dump.PhysicalMemory;
import io.inquest.dump.trailer.Shift;
import io.inquest.dump.trailer.Trailer;
import io.inquest.dump.verify.FileEnd;
import io.inquest.dump.verify.Finding;
import io.inquest.dump.verify.Findings;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// An opened kdump-compressed file.
final class KdumpDump implements Dump {

    private final PageTable table;
    private final KdumpMemory memory;
    private final Optional<Trailer> trailer;
    private final Machine machine;
    private final List<Note> notes;
    private final DumpHeader header;
    private final AtomicReference<@Nullable Completeness> completeness = new AtomicReference<>();

    KdumpDump(
            PageTable table,
            KdumpMemory memory,
            Optional<Trailer> trailer,
            Machine machine,
            List<Note> notes,
            DumpHeader header) {
        this.table = table;
        this.memory = memory;
        this.trailer = trailer;
        this.machine = machine;
        this.notes = List.copyOf(notes);
        this.header = header;
    }

    PageTable table() {
        return table;
    }

    /// The bytes of the main header as if the dump were complete: all parts of a split set have the same.
    ByteBuffer mainHeader() throws IOException {
        KdumpHeader raw = KdumpHeader.read(table.source());
        ByteBuffer bytes =
                ByteBuffer.allocate(HeaderEncoder.mainHeaderBytes(machine)).order(machine.order());
        table.source().readFully(0, bytes);
        return bytes.putInt(raw.fieldsAt(), raw.status() & ~KdumpHeader.STATUS_INCOMPLETE)
                .flip();
    }

    @Override
    public String name() {
        return table.name();
    }

    @Override
    public Machine machine() {
        return machine;
    }

    @Override
    public PhysicalMemory memory() {
        return memory;
    }

    @Override
    public List<Note> notes() {
        return notes;
    }

    @Override
    public DumpHeader header() {
        return header;
    }

    @Override
    public Optional<Trailer> trailer() {
        return trailer;
    }

    /// Found when first asked, since it counts the bits of bitmap 2.
    @Override
    public Completeness completeness() {
        Completeness known = completeness.get();
        if (known == null) {
            known = Completeness.of(Examination.of(this).all());
            completeness.set(known);
        }
        return known;
    }

    @Override
    public void examine(Findings findings) throws IOException {
        for (Finding finding : Examination.of(this).all()) {
            findings.add(finding);
        }
        Optional<Shift> shift = trailer.isPresent() ? Optional.empty() : Shift.of(table.source());
        if (shift.isPresent()) {
            findings.add(FileEnd.shifted(shift.get(), KdumpSalvage.broken(shift.get())));
        }
        StructureCheck.examine(table, trailer.isPresent(), findings);
    }

    @Override
    public void close() throws IOException {
        memory.close();
        table.source().close();
    }
}
