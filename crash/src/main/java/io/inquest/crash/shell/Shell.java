package io.inquest.crash.shell;

import io.inquest.crash.ExitCode;
import io.inquest.crash.UsageException;
import io.inquest.crash.command.AllCommands;
import io.inquest.crash.command.Arguments;
import io.inquest.crash.command.Command;
import io.inquest.crash.command.Invocation;
import io.inquest.crash.command.Option;
import io.inquest.crash.command.system.BannerCommand;
import io.inquest.crash.command.type.PrintCommand;
import io.inquest.crash.render.JsonRenderer;
import io.inquest.crash.render.Renderer;
import io.inquest.crash.render.TextRenderer;
import io.inquest.crash.result.Ending;
import io.inquest.crash.session.Aliases.Alias;
import io.inquest.crash.session.Session;
import io.inquest.crash.session.Variable;
import io.inquest.crash.shell.InputLine.Destination;
import io.inquest.dump.io.GivenName;
import io.inquest.dump.io.InputFiles;
import io.inquest.dump.io.OwnerFile;
import io.inquest.kernel.type.KernelType;
import io.inquest.kernel.type.StructType;
import io.inquest.kernel.type.TypeKind;
import io.inquest.kernel.type.Types;
import io.inquest.output.JsonWriter;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.Writer;
import java.lang.ProcessBuilder.Redirect;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntSupplier;
import java.util.function.Supplier;

/// Runs command lines of one session. The only place where failures become text and an exit code.
public final class Shell {

    /// Words that are shell commands without a `!` before them, as in crash.
    private static final Set<String> SHELL_WORDS =
            Set.of("vi", "pwd", "grep", "cat", "more", "less", "echo", "ls", "clear");

    private static final String FORMATTED = PrintCommand.NAME + "/";

    /// Aliases of aliases of aliases …; a circle of them would not end.
    private static final int MOST_ALIASES = 10;

    /// Files of commands that run files of commands.
    private static final int DEEPEST_FILES = 10;

    private final Session session;
    private final Console console;
    private final boolean alwaysJson;
    private Optional<IntSupplier> screenLines = Optional.empty();
    private boolean ended;
    private int openFiles;

    /// A command and what it is given.
    private record Question(Command command, Arguments arguments) {}

    /// With `alwaysJson` every answer is JSON, else those of commands that are given `--json`.
    public Shell(Session session, Console console, boolean alwaysJson) {
        this.session = session;
        this.console = console;
        this.alwaysJson = alwaysJson;
    }

    /// From now on answers longer than a screen go through a pager; `lines` tells how many a screen has.
    public void pageAfter(IntSupplier lines) {
        screenLines = Optional.of(lines);
    }

    /// Whether `q` was given.
    public boolean isEnded() {
        return ended;
    }

    /// Runs one line; the answer is an [ExitCode].
    public int run(String line) {
        String text = line.strip();
        if (text.isEmpty() || text.startsWith("#")) {
            return ExitCode.OK;
        }
        session.begin();
        return new Attempt(text, console).complete(() -> runAny(text));
    }

    /// Tells what kernel this is and how it died, as crash does at its start.
    public int banner() {
        return new Attempt("sys", console)
                .complete(() -> answer(
                        "sys",
                        new BannerCommand(),
                        new BannerCommand().declaration().parse(List.of()),
                        console.out(),
                        false));
    }

    /// Runs lines until their end or `q`; the answer is the last exit code that is not 0.
    public int runLines(Iterable<String> lines) {
        int exitCode = ExitCode.OK;
        for (String line : lines) {
            if (ended) {
                break;
            }
            int one = run(line);
            exitCode = one == ExitCode.OK ? exitCode : one;
        }
        return exitCode;
    }

    private int runAny(String text) throws IOException {
        if (text.startsWith("!")) {
            return runInShell(text.substring(1));
        }
        if (text.startsWith("<")) {
            return runFile(GivenName.path(text.substring(1).strip()));
        }
        InputLine line = understood(text, () -> line(text));
        return switch (line.words().getFirst()) {
            case "q" -> {
                ended = true;
                yield ExitCode.OK;
            }
            case "repeat" -> repeat(text.substring("repeat".length()).strip());
            case String word when SHELL_WORDS.contains(word) -> runInShell(text);
            default -> runCommand(text, line);
        };
    }

    private InputLine line(String text) {
        InputLine line = withoutAlias(InputLine.parse(text));
        if (line.words().isEmpty()) {
            throw new UsageException("a command is missing");
        }
        return line;
    }

    /// Who reads JSON gets an object also for a line that is not understood, as for each other one. That a
    /// line asks for JSON must be seen without understanding it.
    private <T> T understood(String text, Supplier<T> meaning) throws IOException {
        try {
            return meaning.get();
        } catch (RuntimeException mistake) {
            if (alwaysJson || List.of(text.split(" ", -1)).contains(Option.JSON.spelled())) {
                new JsonRenderer(JsonWriter.indented(console.out()), session::checkStopped)
                        .fail(text, Attempt.sentence(mistake));
            }
            throw mistake;
        }
    }

    private int runInShell(String commandLine) throws IOException {
        try (ShellCommand command = ShellCommand.start(commandLine, console, Redirect.INHERIT)) {
            return command.finish() ? ExitCode.OK : ExitCode.USAGE;
        }
    }

    /// Runs the lines of a file.
    public int runFile(Path file) throws IOException {
        if (openFiles == DEEPEST_FILES) {
            throw new UsageException(file + ": files of commands are nested too deeply");
        }
        InputFiles.add(file);
        openFiles++;
        try {
            return runLines(Files.readAllLines(file));
        } finally {
            openFiles--;
        }
    }

    /// A dead kernel gives the same answer each time, so once is enough.
    private int repeat(String commandLine) {
        return commandLine.startsWith("-")
                ? run(commandLine.substring(commandLine.indexOf(' ') + 1))
                : run(commandLine);
    }

    private InputLine withoutAlias(InputLine line) {
        InputLine now = line;
        for (int i = 0; i < MOST_ALIASES && !now.quoted() && !now.words().isEmpty(); i++) {
            Alias alias = session.aliases().find(now.words().getFirst()).orElse(null);
            if (alias == null) {
                return now;
            }
            InputLine meant = InputLine.parse(alias.commandLine());
            List<String> words = new ArrayList<>(meant.words());
            words.addAll(now.words().subList(1, now.words().size()));
            Destination destination =
                    now.destination() instanceof Destination.Here ? meant.destination() : now.destination();
            now = new InputLine(words, false, destination);
        }
        return now;
    }

    private int runCommand(String text, InputLine line) throws IOException {
        Question question = understood(text, () -> question(line.words()));
        Command command = question.command();
        Arguments arguments = question.arguments();
        boolean json = alwaysJson || arguments.has(Option.JSON);
        return switch (line.destination()) {
            case Destination.Here() -> answerHere(text, command, arguments, json);
            case Destination.ToFile(String path, boolean append) -> {
                try (Writer file = file(path, append)) {
                    yield answer(text, command, arguments, file, json);
                }
            }
            case Destination.ToShell(String shell) -> {
                try (ShellCommand process = ShellCommand.start(shell, console, Redirect.PIPE)) {
                    int exitCode = answerUntilClosed(text, command, arguments, process, json);
                    process.finish();
                    yield exitCode;
                }
            }
        };
    }

    /// A shell command that has read enough still has to say what it made of it, so it is waited for, not
    /// ended.
    private int answerUntilClosed(String text, Command command, Arguments arguments, ShellCommand process, boolean json)
            throws IOException {
        try {
            return answer(text, command, arguments, new UntilClosed(process.input()), json);
        } catch (UntilClosed.Closed readEnough) {
            return ExitCode.OK;
        }
    }

    private Question question(List<String> line) {
        List<String> words = line.getFirst().startsWith(FORMATTED) ? formatted(line) : line;
        Optional<Command> named = AllCommands.find(words.getFirst());
        List<String> given = named.isPresent() ? words.subList(1, words.size()) : words;
        Command command = named.orElseGet(
                () -> AllCommands.find(typeCommand(words.getFirst())).orElseThrow());
        return new Question(command, command.parse(given));
    }

    /// `p/x 255`, as gdb's users write it, is `p /x 255`.
    private static List<String> formatted(List<String> line) {
        List<String> words = new ArrayList<>(line);
        words.set(0, line.getFirst().substring(1));
        words.addFirst(PrintCommand.NAME);
        return words;
    }

    /// The command that a word is a question for: `*` for structs and unions, `whatis` for other types.
    private String typeCommand(String word) {
        int dot = word.indexOf('.');
        Optional<KernelType> type = type(dot < 0 ? word : word.substring(0, dot));
        if (type.isEmpty()) {
            throw new UsageException("command not found: " + word);
        }
        return type.get().plain() instanceof StructType ? "*" : "whatis";
    }

    private Optional<KernelType> type(String name) {
        try {
            Types types = session.kernel().types();
            return List.of(TypeKind.STRUCT, TypeKind.UNION, TypeKind.TYPEDEF).stream()
                    .flatMap(kind -> types.named(kind, name).stream())
                    .findFirst();
        } catch (IOException noTypes) {
            return Optional.empty();
        }
    }

    private int answerHere(String text, Command command, Arguments arguments, boolean json) throws IOException {
        if (screenLines.isEmpty() || !session.settings().isScroll()) {
            return answer(text, command, arguments, console.out(), json);
        }
        try (Paged paged = new Paged(
                console, screenLines.get().getAsInt(), session.settings().value(Variable.SCROLL))) {
            return answer(text, command, arguments, paged, json);
        }
    }

    private static BufferedWriter file(String path, boolean append) throws IOException {
        Path file = GivenName.path(path);
        FileChannel channel = append ? OwnerFile.append(file) : OwnerFile.replace(file);
        return new BufferedWriter(Channels.newWriter(channel, StandardCharsets.UTF_8));
    }

    private int answer(String text, Command command, Arguments arguments, Appendable out, boolean json)
            throws IOException {
        Renderer renderer = json
                ? new JsonRenderer(JsonWriter.indented(out), session::checkStopped)
                : new TextRenderer(out, session::checkStopped);
        String name = command.declaration().name();
        Ending ending;
        try {
            ending = renderer.render(text, command.run(new Invocation(session, arguments)));
        } catch (RuntimeException | VirtualMachineError failure) {
            renderer.fail(text, Attempt.sentence(failure));
            throw failure;
        }
        for (String sentence : ending.missing()) {
            console.complain(name + ": " + sentence);
        }
        return ending.isComplete() ? ExitCode.OK : ExitCode.MEMORY;
    }
}
