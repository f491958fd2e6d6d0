package io.inquest.capture.journal;

import io.inquest.dump.io.OwnerFile;
import io.inquest.output.SafeText;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/// Tells each step at once: to the console, and to state files, each line of which is on the disk before the act goes
/// on.
/// So a state file says how far it came, also when the machine is switched off in the middle.
///
/// A state file that can no longer be written is told and given up: it is not what the act is for.
public final class Journal implements Closeable {

    private final InstantSource clock;
    private final Consumer<String> console;
    private final List<Entry> entries = new ArrayList<>();
    private final Map<Path, FileChannel> files = new LinkedHashMap<>();

    /// @param console takes one line at a time, without its end
    public Journal(InstantSource clock, Consumer<String> console) {
        this.clock = clock;
        this.console = console;
    }

    /// Tells how a step stands.
    public void note(Step step, Result result, String sentence) {
        say(sentence);
        record(step, result, sentence);
    }

    /// The same for what only programs read.
    public void record(Step step, Result result, String detail) {
        Entry entry = new Entry(clock.instant(), step, result, detail);
        entries.add(entry);
        for (Path file : List.copyOf(files.keySet())) {
            append(file, List.of(entry));
        }
    }

    /// Tells something that is no step.
    public void say(String sentence) {
        console.accept(SafeText.line(sentence));
    }

    /// Writes all that was told so far to a file, and what follows. What is in the file already stays.
    public void writeTo(Path file) {
        try {
            files.put(file, OwnerFile.append(file));
        } catch (IOException refused) {
            say("there is no state file " + file + ": " + refused.getMessage());
            return;
        }
        append(file, entries);
    }

    /// Leaves a file as it is.
    public void leave(Path file) {
        FileChannel open = files.remove(file);
        if (open != null) {
            close(open);
        }
    }

    /// All that was told so far.
    public List<Entry> entries() {
        return List.copyOf(entries);
    }

    private void append(Path file, List<Entry> more) {
        StringBuilder lines = new StringBuilder();
        for (Entry entry : more) {
            lines.append(entry.line()).append('\n');
        }
        FileChannel open = files.get(file);
        if (open == null) {
            return;
        }
        try {
            ByteBuffer bytes = ByteBuffer.wrap(lines.toString().getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                open.write(bytes);
            }
            open.force(false);
        } catch (IOException failure) {
            leave(file);
            say("the state file " + file + " can no longer be written: " + failure.getMessage());
        }
    }

    private static void close(FileChannel open) {
        try {
            open.close();
        } catch (IOException allIsOnTheDisk) {
            // Each line was forced.
        }
    }

    @Override
    public void close() {
        files.values().forEach(Journal::close);
        files.clear();
    }
}
