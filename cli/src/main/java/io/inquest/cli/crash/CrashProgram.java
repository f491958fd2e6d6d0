package io.inquest.cli.crash;

import io.inquest.crash.ExitCode;
import io.inquest.crash.MissingFile;
import io.inquest.crash.UsageException;
import io.inquest.crash.debugfile.DebugFiles;
import io.inquest.crash.debugfile.IndexFolder;
import io.inquest.crash.session.Session;
import io.inquest.crash.session.Sources;
import io.inquest.crash.shell.Console;
import io.inquest.crash.shell.ReaderGone;
import io.inquest.crash.shell.Shell;
import io.inquest.dump.Dump;
import io.inquest.dump.Dumps;
import io.inquest.dump.io.InputFiles;
import io.inquest.kernel.Kernel;
import io.inquest.makedumpfile.Streams;
import io.inquest.output.SafeText;
import io.inquest.output.Terminal;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Runs `inquest crash`: opens the dump, then takes commands from the command line, a file, standard input
/// or a prompt.
///
/// With `-c` neither picocli nor the terminal library is loaded.
public final class CrashProgram {

    private static final String START_FILE = ".inquestcrashrc";

    private final CrashOptions options;
    private final Streams streams;
    private final Console console;

    private CrashProgram(CrashOptions options, Streams streams, Console console) {
        this.options = options;
        this.streams = streams;
        this.console = console;
    }

    /// Runs the command line behind `crash` and returns its exit code.
    ///
    /// @param inherited whether the output stream is that of the process
    public static int run(String[] args, Streams streams, boolean inherited) {
        PrintWriter out = new PrintWriter(new BufferedWriter(
                new OutputStreamWriter(new AnswerStream(streams.out()), StandardCharsets.UTF_8), 1 << 16));
        PrintWriter err = new PrintWriter(new OutputStreamWriter(streams.err(), StandardCharsets.UTF_8), true);
        try {
            CrashOptions options = CrashOptions.parse(args);
            CrashProgram program = new CrashProgram(options, streams, new Console(out, err, inherited));
            return InputFiles.remember(program::run);
        } catch (ReaderGone gone) {
            return ExitCode.OK;
        } catch (UsageException mistake) {
            err.println("inquest: " + SafeText.line(String.valueOf(mistake.getMessage())));
            err.println("Try: inquest crash --help");
            return ExitCode.USAGE;
        } catch (NoSuchFileException missing) {
            err.println("inquest: " + SafeText.line(MissingFile.sentence(missing)));
            return ExitCode.DUMP;
        } catch (IOException failure) {
            err.println("inquest: " + SafeText.line(String.valueOf(failure.getMessage())));
            return ExitCode.DUMP;
        } finally {
            out.flush();
        }
    }

    private int run() throws IOException {
        List<Path> dumpFiles = new ArrayList<>(options.files());
        Optional<Path> vmlinux = takeVmlinux(dumpFiles);
        try (Dump dump = Dumps.open(dumpFiles, this::warn)) {
            for (String loss : dump.completeness().losses()) {
                warn(dumpFiles.getFirst() + ": the dump is incomplete or damaged: " + loss);
            }
            for (String remark : dump.completeness().dispensable()) {
                warn(dumpFiles.getFirst() + ": " + remark);
            }
            Kernel kernel = Kernel.open(dump, this::warn);
            if (!options.btf()) {
                kernel.ignoreBtf();
            }
            List<String> names = dumpFiles.stream().map(Path::toString).toList();
            Optional<Path> used = useDebugFile(kernel, dumpFiles.getFirst(), vmlinux);
            Session session = new Session(kernel, new Sources(names, used.map(Path::toString)));
            session.settings().setHexadecimal(options.hexadecimal());
            session.settings().setScroll(options.scroll());
            session.settings().setSilent(options.silent());
            return converse(session, new Shell(session, console, options.json()));
        }
    }

    /// The file that is used: the one that was given, or one that lies where debug files do.
    private Optional<Path> useDebugFile(Kernel kernel, Path dump, Optional<Path> given) {
        if (given.isEmpty() && !options.debugFiles()) {
            return Optional.empty();
        }
        DebugFiles files = new DebugFiles(dump, options.debugFolders(), IndexFolder.ofUser());
        return given.isPresent()
                ? given.filter(file -> files.useGiven(kernel, file, this::warn))
                : files.useFound(kernel);
    }

    private static Optional<Path> takeVmlinux(List<Path> files) throws IOException {
        for (Path file : files) {
            if (files.size() > 1 && KernelImage.is(file)) {
                files.remove(file);
                return Optional.of(file);
            }
        }
        return Optional.empty();
    }

    private int converse(Session session, Shell shell) throws IOException {
        runStartFile(shell);
        boolean quiet =
                options.silent() || options.json() || !options.commands().isEmpty();
        int exitCode = quiet ? ExitCode.OK : shell.banner();
        for (Path input : options.inputs()) {
            exitCode = worse(exitCode, shell.runFile(input));
        }
        if (!options.commands().isEmpty()) {
            return worse(exitCode, shell.runLines(options.commands()));
        }
        if (shell.isEnded()) {
            return exitCode;
        }
        if (console.inherited() && Terminal.isStandardInput() && Terminal.isStandardOutput()) {
            Prompt.converse(session, shell);
            return ExitCode.OK;
        }
        InputFiles.addStandardInput();
        var lines = new BufferedReader(new InputStreamReader(streams.in(), StandardCharsets.UTF_8));
        return worse(exitCode, shell.runLines(() -> lines.lines().iterator()));
    }

    private void runStartFile(Shell shell) throws IOException {
        Path startFile = startFile(System.getenv("HOME"));
        if (options.crashrc() && Files.isRegularFile(startFile)) {
            shell.runFile(startFile);
        }
    }

    /// As all programs do, `$HOME` is asked first and the user database after it.
    static Path startFile(@Nullable String home) {
        boolean isKnown = home != null && home.startsWith("/");
        return Path.of(isKnown ? home : System.getProperty("user.home", ""), START_FILE);
    }

    private static int worse(int before, int now) {
        return now == ExitCode.OK ? before : now;
    }

    private void warn(String sentence) {
        console.out().flush();
        console.err().println("inquest: " + SafeText.line(sentence));
    }
}
