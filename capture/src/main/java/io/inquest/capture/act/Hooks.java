package io.inquest.capture.act;

import io.inquest.capture.journal.Journal;
import io.inquest.capture.journal.Result;
import io.inquest.capture.journal.Step;
import io.inquest.capture.program.ProgramEnd;
import io.inquest.capture.program.Programs;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Programs of the user's around the saving, each of which has a time limit.
///
/// | hook                                     | when                  | argument             |
/// |------------------------------------------|-----------------------|----------------------|
/// | `kdump_pre`, then `FOLDER/pre.d/*`       | before all            |                      |
/// | `FOLDER/post.d/*`, then `kdump_post`     | after all             | the status of the act |
/// | `FOLDER/emergency.d/*`, then `kdump_emergency` | after those, if not all was saved |  |
///
/// Only `kdump_pre` can refuse, by its exit status. A hook that hangs or cannot be started has said nothing.
final class Hooks {

    private final Path folder;
    private final Duration limit;
    private final Programs programs;
    private final Journal journal;

    Hooks(Path folder, Duration limit, Programs programs, Journal journal) {
        this.folder = folder;
        this.limit = limit;
        this.programs = programs;
        this.journal = journal;
    }

    /// Whether `kdump_pre` said no.
    boolean refused(Optional<String> pre) {
        boolean refused = false;
        if (pre.isPresent()) {
            ProgramEnd end = run(Step.PRE, words(pre.get(), List.of()));
            refused = end instanceof ProgramEnd.Exited && !end.succeeded();
        }
        runFolder(Step.PRE, "pre.d", List.of());
        return refused;
    }

    void post(Optional<String> post, int status) {
        List<String> argument = List.of(Integer.toString(status));
        runFolder(Step.POST, "post.d", argument);
        post.ifPresent(command -> run(Step.POST, words(command, argument)));
    }

    void emergency(Optional<String> emergency) {
        runFolder(Step.EMERGENCY, "emergency.d", List.of());
        emergency.ifPresent(command -> run(Step.EMERGENCY, words(command, List.of())));
    }

    private void runFolder(Step step, String name, List<String> arguments) {
        for (Path file : executables(folder.resolve(name))) {
            List<String> words = new ArrayList<>();
            words.add(file.toString());
            words.addAll(arguments);
            run(step, words);
        }
    }

    private static List<Path> executables(Path folder) {
        List<Path> files = new ArrayList<>();
        if (!Files.isDirectory(folder)) {
            return files;
        }
        try (DirectoryStream<Path> there = Files.newDirectoryStream(folder)) {
            for (Path file : there) {
                if (Files.isRegularFile(file) && Files.isExecutable(file)) {
                    files.add(file);
                }
            }
        } catch (IOException unreadable) {
            return files;
        }
        files.sort(null);
        return files;
    }

    /// SUSE's hooks may have arguments; a path may have blanks in it.
    private static List<String> words(String command, List<String> more) {
        List<String> words = new ArrayList<>();
        if (Files.exists(Path.of(command))) {
            words.add(command);
        } else {
            for (String word : command.split(" ", -1)) {
                if (!word.isEmpty()) {
                    words.add(word);
                }
            }
        }
        words.addAll(more);
        return words;
    }

    private ProgramEnd run(Step step, List<String> words) {
        String command = String.join(" ", words);
        journal.note(step, Result.BEGUN, "running " + command);
        ProgramEnd end = programs.run(words, limit);
        journal.note(step, end.succeeded() ? Result.DONE : Result.FAILED, command + " " + end.describe());
        return end;
    }
}
