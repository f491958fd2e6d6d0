package io.inquest.cli;

import io.inquest.cli.capture.CaptureEntry;
import io.inquest.cli.compatible.MakedumpfileEntry;
import io.inquest.cli.compatible.VmcoreDmesgEntry;
import io.inquest.cli.crash.CrashEntry;
import io.inquest.cli.document.CompletionCommand;
import io.inquest.cli.dump.DumpCommand;
import io.inquest.cli.kdump.KdumpCommand;
import io.inquest.cli.kexec.KexecCommand;
import io.inquest.cli.log.DmesgCommand;
import io.inquest.cli.page.ExplainCommand;
import io.inquest.cli.report.ReportCommand;
import io.inquest.dump.io.GivenName;
import java.io.PrintWriter;
import java.nio.file.Path;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/// The root of all sub-commands; the list here is the table of contents of the program.
@Command(
        name = "inquest",
        header = "Makes a dead Linux kernel tell how it died.",
        versionProvider = ProgramVersion.class,
        subcommands = {
            ReportCommand.class,
            CrashEntry.class,
            DumpCommand.class,
            DmesgCommand.class,
            ExplainCommand.class,
            KdumpCommand.class,
            CaptureEntry.class,
            KexecCommand.class,
            MakedumpfileEntry.class,
            VmcoreDmesgEntry.class,
            CompletionCommand.class
        })
public final class InquestCommand implements Runnable {

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            scope = ScopeType.INHERIT,
            description = "Show this help and exit.")
    @SuppressWarnings("UnusedVariable") // picocli sets it and acts on it
    private boolean help;

    @Option(
            names = {"-V", "--version"},
            description = "Show the version and exit; with --verbose also what it runs on.")
    private boolean version;

    @Option(names = "--verbose", hidden = true)
    private boolean verbose;

    @Option(names = "--debug", scope = ScopeType.INHERIT, description = "Show where in the program an error arose.")
    boolean debug;

    @Spec
    private CommandSpec spec;

    private final PrintWriter out;

    private InquestCommand(PrintWriter out) {
        this.out = out;
    }

    /// The whole command, ready to execute.
    public static CommandLine commandLine(PrintWriter out, PrintWriter err) {
        InquestCommand root = new InquestCommand(out);
        Complaints complaints = new Complaints(root);
        return new CommandLine(root)
                .setOut(out)
                .setErr(err)
                .registerConverter(Path.class, GivenName::path)
                .setExecutionExceptionHandler(complaints)
                .setParameterExceptionHandler(complaints)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setAbbreviatedOptionsAllowed(true);
    }

    @Override
    public void run() {
        if (version) {
            ProgramVersion.print(out, verbose);
        } else {
            throw new CommandLine.ParameterException(spec.commandLine(), "no command given");
        }
    }
}
