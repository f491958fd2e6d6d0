package io.inquest.cli.crash;

import io.inquest.crash.session.Session;
import io.inquest.crash.session.Variable;
import io.inquest.crash.shell.Completion;
import io.inquest.crash.shell.Shell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jline.keymap.KeyMap;
import org.jline.reader.Binding;
import org.jline.reader.Candidate;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.ParsedLine;
import org.jline.reader.Reference;
import org.jline.reader.UserInterruptException;
import org.jline.reader.impl.DefaultParser;
import org.jline.terminal.Terminal;
import org.jline.terminal.Terminal.Signal;
import org.jline.terminal.TerminalBuilder;

/// The prompt: history, completion and colours of what one types. Ctrl-C ends a command, or the line that one
/// types, and never the program; Ctrl-D and `q` do.
///
/// The terminal is driven through Java's own foreign functions or through stty(1); no native library is
/// unpacked.
final class Prompt {

    private static final FileAttribute<?> OWNER_ONLY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

    private static final String TEXT = "crash> ";

    private final Shell shell;
    private final Session session;

    private Prompt(Session session, Shell shell) {
        this.session = session;
        this.shell = shell;
    }

    static void converse(Session session, Shell shell) throws IOException {
        try (Terminal terminal = TerminalBuilder.builder()
                .system(true)
                .ffm(true)
                .exec(true)
                .jni(false)
                .build()) {
            shell.pageAfter(() -> terminal.getHeight());
            new Prompt(session, shell).converse(terminal);
        }
    }

    private void converse(Terminal terminal) {
        LineReader reader = reader(terminal);
        terminal.handle(Signal.INT, signal -> session.stop());
        while (!shell.isEnded()) {
            chooseKeys(reader);
            try {
                shell.run(reader.readLine(TEXT));
            } catch (UserInterruptException lineGivenUp) {
                // The next prompt follows.
            } catch (EndOfFileException end) {
                return;
            }
        }
    }

    private LineReader reader(Terminal terminal) {
        Completion completion = new Completion(session);
        // No words are taken apart, escaped or continued here: the shell has its own rules.
        DefaultParser parser = new DefaultParser();
        parser.setEscapeChars(null);
        parser.setQuoteChars(new char[0]);
        LineReaderBuilder builder = LineReaderBuilder.builder()
                .terminal(terminal)
                .appName("inquest")
                .parser(parser)
                .highlighter(new LineHighlighter(session))
                .completer((reader, line, candidates) -> complete(completion, line, candidates))
                .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
                .option(LineReader.Option.HISTORY_IGNORE_SPACE, true);
        historyFile().ifPresent(file -> builder.variable(LineReader.HISTORY_FILE, file));
        LineReader reader = builder.build();
        bindCursorKeys(reader);
        return reader;
    }

    /// `set edit vi` or `emacs`.
    private void chooseKeys(LineReader reader) {
        boolean vi = session.settings().value(Variable.EDIT).equals("vi");
        Map<String, KeyMap<Binding>> maps = reader.getKeyMaps();
        maps.put(LineReader.MAIN, Objects.requireNonNull(maps.get(vi ? LineReader.VIINS : LineReader.EMACS)));
    }

    /// A terminal sends `ESC [ A` or `ESC O A` as it was told to; terminfo names only one of them, readline
    /// takes both.
    static void bindCursorKeys(LineReader reader) {
        for (String name : List.of(LineReader.EMACS, LineReader.VIINS, LineReader.VICMD)) {
            KeyMap<Binding> keys = Objects.requireNonNull(reader.getKeyMaps().get(name));
            for (String start : List.of("\033[", "\033O")) {
                keys.bind(new Reference(LineReader.UP_LINE_OR_HISTORY), start + "A");
                keys.bind(new Reference(LineReader.DOWN_LINE_OR_HISTORY), start + "B");
                keys.bind(new Reference(LineReader.FORWARD_CHAR), start + "C");
                keys.bind(new Reference(LineReader.BACKWARD_CHAR), start + "D");
                keys.bind(new Reference(LineReader.BEGINNING_OF_LINE), start + "H");
                keys.bind(new Reference(LineReader.END_OF_LINE), start + "F");
            }
        }
    }

    private static void complete(Completion completion, ParsedLine line, List<Candidate> candidates) {
        for (String word : completion.words(line.line(), line.cursor())) {
            // What ends in a dot goes on: a struct whose member is next.
            candidates.add(new Candidate(word, word, null, null, null, null, !word.endsWith(".")));
        }
    }

    /// `$XDG_STATE_HOME/inquest/crash_history`, in a folder for the user alone: what was asked tells of what was found.
    /// Without a place for it there is none.
    private static java.util.Optional<Path> historyFile() {
        String state = System.getenv("XDG_STATE_HOME");
        Path folder = state == null || state.isEmpty()
                ? Path.of(System.getProperty("user.home", "."), ".local", "state")
                : Path.of(state);
        try {
            return java.util.Optional.of(Files.createDirectories(folder.resolve("inquest"), OWNER_ONLY)
                    .resolve("crash_history"));
        } catch (IOException readOnly) {
            return java.util.Optional.empty();
        }
    }
}
