package io.inquest.dump;

import io.inquest.dump.trailer.Trailer;
import java.io.Closeable;
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

    /// What Inquest recorded behind the pages: why pages were left out, and checksums. Only its own dumps have it.
    default Optional<Trailer> trailer() {
        return Optional.empty();
    }

    /// The text of the vmcoreinfo note, if the dump has one.
    default Optional<String> vmcoreinfo() {
        return Note.text(notes(), "VMCOREINFO");
    }
}
