package io.inquest.makedumpfile.pipeline;

import io.inquest.dump.DelegatingDump;
import io.inquest.dump.Dump;
import io.inquest.dump.DumpException;
import io.inquest.dump.Dumps;
import io.inquest.dump.Note;
import io.inquest.dump.NoteArea;
import io.inquest.dump.PfnRange;
import io.inquest.dump.PhysicalMemory;
import io.inquest.dump.Warnings;
import io.inquest.dump.io.ByteSource;
import io.inquest.dump.io.FileSource;
import io.inquest.dump.trailer.TrailerNote;
import io.inquest.makedumpfile.erase.ErasedDump;
import io.inquest.makedumpfile.erase.Erasures;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The opened VMCORE.
///
/// @param path as the user gave it; the first one of several
/// @param source its bytes, if it is one file; the dump closes them
record DumpInput(String path, Optional<ByteSource> source, Dump dump) implements Closeable {

    /// The note of an ELF core that tells what was erased.
    static final String ERASE_NOTE = "ERASEINFO";

    /// The bit of a header's status that says that `-e` left out struct pages.
    static final int STATUS_VMEMMAP_EXCLUDED = 0x10;

    static DumpInput open(String path, Warnings warnings) throws IOException {
        ByteSource source = openSource(path);
        try {
            return new DumpInput(path, Optional.of(source), Dumps.open(source, warnings));
        } catch (DumpException unknown) {
            source.close();
            throw new CommandFailure("check_elf_format: " + unknown.getMessage(), unknown);
        } catch (IOException | RuntimeException failure) {
            source.close();
            throw failure;
        }
    }

    /// One file of any form, or all parts of a split dump in any order.
    static DumpInput openAll(List<String> paths, Warnings warnings) throws IOException {
        if (paths.size() == 1) {
            return open(paths.getFirst(), warnings);
        }
        List<Path> files = new ArrayList<>();
        for (String path : paths) {
            files.add(Path.of(path));
        }
        return new DumpInput(paths.getFirst(), Optional.empty(), Dumps.open(files, warnings));
    }

    private static ByteSource openSource(String path) throws CommandFailure {
        Path file = Path.of(path);
        if (Files.isDirectory(file)) {
            throw new CommandFailure(
                    "check_elf_format: Can't read " + path + ". Is a directory",
                    new DumpException(path + ": is a directory; a dump is a file"));
        }
        try {
            return FileSource.open(file);
        } catch (DumpException told) {
            throw new CommandFailure("open_dump_memory: Can't open the dump memory. " + told.getMessage(), told);
        } catch (IOException failure) {
            throw new CommandFailure(
                    "open_dump_memory: Can't open the dump memory(" + path + "). " + CommandFailure.reason(failure),
                    failure);
        }
    }

    /// What happened to a file that is shorter than it was when it was opened.
    Optional<String> cut() throws IOException {
        if (source.isEmpty() || source.get().size() == Long.MAX_VALUE) {
            return Optional.empty();
        }
        long size = source.get().size();
        long now = Files.size(Path.of(path));
        return now < size
                ? Optional.of(
                        path + " was cut while it was read: it ends at byte " + now + ", and had " + size + " bytes")
                : Optional.empty();
    }

    /// The same input with a vmcoreinfo note, which it lacks: nobody else shall have to look for its kernel.
    DumpInput noted(String vmcoreinfo) {
        return new DumpInput(path, source, new NotedDump(dump, vmcoreinfo));
    }

    /// The same input with some of its memory erased.
    DumpInput without(Erasures erasures) {
        return erasures.isEmpty()
                ? this
                : new DumpInput(
                        path, source, new ErasedDump(dump, erasures, eraseInfo().orElse("")));
    }

    /// The same input without memory that is reserved for the crash kernel.
    DumpInput without(List<PfnRange> reserved) {
        PhysicalMemory memory = new CrashKernelMemory(dump.memory(), reserved);
        return new DumpInput(path, source, new DelegatingDump(dump, memory));
    }

    /// What was erased of the memory, now and before.
    Optional<String> eraseInfo() {
        return dump.header().eraseInfo().or(() -> Note.text(dump.notes(), ERASE_NOTE));
    }

    /// Whether struct pages of what is not in the dump were left out, too.
    boolean lacksStructPages() {
        return (dump.header().status() & STATUS_VMEMMAP_EXCLUDED) != 0;
    }

    /// The notes that the new dump takes over. Our own is not among them: the trailer it speaks of is not taken
    /// over. What was erased is written anew, in the form's own place.
    NoteArea notes() {
        List<Note> notes = new ArrayList<>();
        for (Note note : dump.notes()) {
            if (!note.is(TrailerNote.NAME, TrailerNote.TYPE) && !note.name().equals(ERASE_NOTE)) {
                notes.add(note);
            }
        }
        return NoteArea.of(notes, dump.machine().order());
    }

    /// The file whose program headers a new ELF core takes over, if the input is an ELF core.
    Optional<ByteSource> elfSource() {
        return dump.header().format().startsWith("ELF") ? source : Optional.empty();
    }

    @Override
    public void close() throws IOException {
        dump.close();
    }
}
