package io.inquest.cli.crash;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// What help, manual pages and completion say of `inquest crash`; [CrashProgram] runs it, because its start is a
/// feature
/// and picocli's costs more than a backtrace. A test holds the two lists of options together.
@Command(
        name = "crash",
        header = "Answers crash(8)'s commands about a dead kernel, with or without its vmlinux.",
        description = {
            "Without -c there is a prompt: \"help\" lists the commands, \"help NAME\" explains one. Commands may also come"
                    + " from a file or from standard input. Answers have crash's shapes, or are JSON.",
            "Symbols, types and stack layouts come out of the dump itself; a vmlinux with debug information adds source"
                    + " lines and the types of more variables.",
            "Exit codes: 2 a command was wrong; 3 the dump cannot be read; 4 memory that was asked for is not in it; 5 the"
                    + " kernel does not have what was asked for.",
            "Commands in ~/.inquestcrashrc are run first."
        })
public final class CrashEntry implements Runnable {

    @Parameters(
            paramLabel = "FILE",
            arity = "1..*",
            description = "The dump, and if there is one the vmlinux, in any"
                    + " order; several dump files are the parts of a split dump.")
    @SuppressWarnings("UnusedVariable")
    private List<Path> files = List.of();

    @Option(
            names = "-c",
            paramLabel = "COMMAND",
            description = "Run this command and end; may be given more than once.")
    @SuppressWarnings("UnusedVariable")
    private List<String> commands = List.of();

    @Option(names = "-i", paramLabel = "FILE", description = "Run the commands in this file before anything else.")
    @SuppressWarnings("UnusedVariable")
    private @Nullable Path input;

    @Option(names = "-s", description = "No banner.")
    @SuppressWarnings("UnusedVariable")
    private boolean silent;

    @Option(names = "--json", description = "All answers in JSON, one object each.")
    @SuppressWarnings("UnusedVariable")
    private boolean asJson;

    @Option(names = "--hex", description = "Values of C types in hexadecimal.")
    @SuppressWarnings("UnusedVariable")
    private boolean hexadecimal;

    @Option(names = "--debug-dir", paramLabel = "DIR", description = "Look for debug files here, too.")
    @SuppressWarnings("UnusedVariable")
    private List<Path> debugFolders = List.of();

    @Option(names = "--no-debug-files", description = "Use what is in the dump, even if there are debug files.")
    @SuppressWarnings("UnusedVariable")
    private boolean noDebugFiles;

    @Option(names = "--no-btf", description = "Use a vmlinux for all types, none that the kernel kept itself (BTF).")
    @SuppressWarnings("UnusedVariable")
    private boolean noBtf;

    @Option(names = "--no-crashrc", description = "Do not read ~/.inquestcrashrc.")
    @SuppressWarnings("UnusedVariable")
    private boolean noCrashrc;

    @Option(names = "--no-scroll", description = "No pager.")
    @SuppressWarnings("UnusedVariable")
    private boolean noScroll;

    public CrashEntry() {}

    @Override
    public void run() {
        throw new IllegalStateException("crash is run by CrashProgram");
    }
}
