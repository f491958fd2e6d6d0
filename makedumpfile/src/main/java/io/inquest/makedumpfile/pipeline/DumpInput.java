package io.inquest.makedumpfile.pipeline;

import io.inquest.dump.Dump;
import io.inquest.dump.DumpException;
import io.inquest.dump.Dumps;
import io.inquest.dump.Note;
import io.inquest.dump.NoteArea;
import io.inquest.dump.Warnings;
import io.inquest.dump.io.ByteSource;
import io.inquest.dump.io.FileSource;
import io.inquest.dump.trailer.TrailerNote;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The opened VMCORE.
///
/// @param path as the user gave it
/// @param source its bytes; the dump closes them
record DumpInput(String path, ByteSource source, Dump dump) implements Closeable {

    static DumpInput open(String path, Warnings warnings) throws IOException {
        ByteSource source = openSource(path);
        try {
            return new DumpInput(path, source, Dumps.open(source, warnings));
        } catch (DumpException unknown) {
            source.close();
            throw new CommandFailure("check_elf_format: " + unknown.getMessage());
        } catch (IOException | RuntimeException failure) {
            source.close();
            throw failure;
        }
    }

    private static ByteSource openSource(String path) throws CommandFailure {
        Path file = Path.of(path);
        if (Files.isDirectory(file)) {
            throw new CommandFailure("check_elf_format: Can't read " + path + ". Is a directory");
        }
        try {
            return FileSource.open(file);
        } catch (IOException failure) {
            throw new CommandFailure(
                    "open_dump_memory: Can't open the dump memory(" + path + "). " + CommandFailure.reason(failure));
        }
    }

    /// The notes that the new dump takes over. Our own is not among them: the trailer it speaks of is not taken over.
    NoteArea notes() {
        List<Note> notes = new ArrayList<>();
        for (Note note : dump.notes()) {
            if (!note.is(TrailerNote.NAME, TrailerNote.TYPE)) {
                notes.add(note);
            }
        }
        return NoteArea.of(notes, dump.machine().order());
    }

    boolean isElf() {
        return dump.header().format().startsWith("ELF");
    }

    @Override
    public void close() throws IOException {
        dump.close();
    }
}
