package io.inquest.dump;

import io.inquest.dump.trailer.Trailer;
import io.inquest.dump.verify.Finding;
import io.inquest.dump.verify.Findings;
import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/// An opened crash dump: the memory of a machine, its notes, and what the container says of itself.
///
/// Immutable and safe for many threads. Closing it closes the sources it was opened from.
public interface Dump extends Closeable {

    /// What messages call it: the file's path, or the paths of a split set.
    String name();

    Machine machine();

    PhysicalMemory memory();

    /// All notes in file order; empty if there are none or they are damaged.
    List<Note> notes();

    DumpHeader header();

    Completeness completeness();

    /// Adds what is wrong with the container to `findings`, from a look at all of it but the contents of its pages. May
    /// take as long as it takes to read all tables. [io.inquest.dump.verify.Verifier] does this and the rest.
    default void examine(Findings findings) throws IOException {
        for (String loss : completeness().losses()) {
            findings.add(Finding.missing("file", loss));
        }
        for (String remark : completeness().dispensable()) {
            findings.add(Finding.dispensable("file", remark));
        }
    }

    /// What Inquest recorded behind the pages: why pages were left out, and checksums. Only its own dumps have it.
    default Optional<Trailer> trailer() {
        return Optional.empty();
    }

    /// The text of the vmcoreinfo note, if the dump has one.
    default Optional<String> vmcoreinfo() {
        return Note.text(notes(), "VMCOREINFO");
    }
}
