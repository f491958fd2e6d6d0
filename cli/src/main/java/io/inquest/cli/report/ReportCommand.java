package io.inquest.cli.report;

import io.inquest.cli.DumpFiles;
import io.inquest.cli.ExitCode;
import io.inquest.crash.debugfile.DebugFiles;
import io.inquest.crash.debugfile.IndexFolder;
import io.inquest.crash.report.Inquest;
import io.inquest.crash.report.Report;
import io.inquest.crash.report.dump.DumpReport;
import io.inquest.crash.report.log.LogLines;
import io.inquest.crash.report.render.ReportHtml;
import io.inquest.crash.report.render.ReportJson;
import io.inquest.crash.report.render.ReportText;
import io.inquest.dump.Dump;
import io.inquest.dump.DumpException;
import io.inquest.dump.io.InputFiles;
import io.inquest.dump.io.OwnerFile;
import io.inquest.kernel.Kernel;
import io.inquest.output.JsonWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `inquest report`.
@Command(
        name = "report",
        header = "Says how the kernel died, as far as what is left of it tells.",
        description = {
            "The cause comes first, in one sentence, with its kind, a signature by which the same death is known"
                    + " again, and how far to trust it. Then what supports it: the backtrace with a mark at each frame"
                    + " that is but a guess, the registers and what they point at, the other CPUs, tasks that wait and"
                    + " for what, the memory, the log.",
            "Of a dump, everything comes out of the dump itself: no vmlinux is needed; with one, frames have source"
                    + " lines. When nothing tells of a death,"
                    + " parts of the report could not be made, or the file is refused, the exit code is 3."
        },
        exitCodeOnExecutionException = ExitCode.INCOMPLETE)
public final class ReportCommand implements Callable<Integer> {

    private static final String STANDARD_INPUT = "-";
    private static final int MOST_LOG_BYTES = 256 << 20;

    @Parameters(paramLabel = "FILE", arity = "0..*", description = "The dump; several files are parts of a split dump.")
    private List<Path> files = List.of();

    @Option(
            names = "--log",
            paramLabel = "FILE",
            description = "Instead of a dump, a kernel's log as text: dmesg, a serial console, syslog, pstore; - is"
                    + " standard input.")
    private @Nullable Path log;

    @Option(
            names = "--vmlinux",
            paramLabel = "FILE",
            description = "The kernel's debug file: source lines and inlined functions come from it. It must be of the"
                    + " dump's kernel.")
    private @Nullable Path vmlinux;

    @Option(
            names = "--debug-dir",
            paramLabel = "DIR",
            description = "Look for debug files here besides the usual places and beside the dump; may be repeated.")
    private List<Path> debugFolders = List.of();

    @Option(names = "--no-debug-files", description = "Look for no debug files.")
    private boolean withoutDebugFiles;

    @Option(names = "--json", description = "One JSON object.")
    private boolean asJson;

    @Option(
            names = "--html",
            paramLabel = "FILE",
            description = "Also write a page of HTML to this file, replacing it; it needs no other file.")
    private @Nullable Path html;

    @Spec
    private CommandSpec spec;

    public ReportCommand() {}

    @Override
    public Integer call() throws IOException {
        if ((log == null) == files.isEmpty()) {
            throw new ParameterException(spec.commandLine(), "give a dump, or a log with --log");
        }
        if (html != null) {
            checkPage(html);
        }
        Report report = log == null ? ofDump() : Inquest.of(log.toString(), LogLines.of(text(log)));
        if (html != null) {
            try (Writer page = Channels.newWriter(OwnerFile.replace(html), StandardCharsets.UTF_8)) {
                ReportHtml.write(report, page);
            }
        }
        PrintWriter out = spec.commandLine().getOut();
        if (asJson) {
            ReportJson.write(report, JsonWriter.indented(out));
        } else {
            ReportText.write(report, out);
        }
        out.flush();
        return report.cause().isPresent() && report.missing().isEmpty() ? ExitCode.OK : ExitCode.INCOMPLETE;
    }

    /// Before the work is done in vain; debug files that are found later are watched when the page is made.
    private void checkPage(Path page) throws IOException {
        files.forEach(InputFiles::add);
        if (vmlinux != null) {
            InputFiles.add(vmlinux);
        }
        if (log != null && log.toString().equals(STANDARD_INPUT)) {
            InputFiles.addStandardInput();
        } else if (log != null) {
            InputFiles.add(log);
        }
        OwnerFile.checkMayReplace(page);
    }

    private Report ofDump() throws IOException {
        try (Dump dump = DumpFiles.open(files, spec);
                Kernel kernel = Kernel.open(dump, DumpFiles.warnings(spec))) {
            useDebugFiles(kernel);
            return DumpReport.of(kernel);
        }
    }

    private void useDebugFiles(Kernel kernel) throws IOException {
        DebugFiles found = new DebugFiles(files.getFirst(), debugFolders, IndexFolder.ofUser());
        if (vmlinux != null) {
            found.useGiven(kernel, vmlinux, DumpFiles.warnings(spec));
        } else if (!withoutDebugFiles) {
            found.useFound(kernel);
        }
        if (!withoutDebugFiles) {
            found.useFoundModules(kernel);
        }
    }

    private String text(Path file) throws IOException {
        try (InputStream in = file.toString().equals(STANDARD_INPUT) ? System.in : Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(MOST_LOG_BYTES + 1);
            if (bytes.length > MOST_LOG_BYTES) {
                throw new DumpException(file + ": a log of more than " + (MOST_LOG_BYTES >> 20)
                        + " MiB; cut out the part around the crash");
            }
            if (isBinary(bytes)) {
                throw new DumpException(file + " is no text, so no log; a dump is given without --log");
            }
            return new String(bytes, StandardCharsets.UTF_8);
        }
    }

    /// Whether a file begins with more control characters than a log has, in which a console may have left
    /// some.
    private static boolean isBinary(byte[] bytes) {
        int looked = Math.min(bytes.length, 1 << 16);
        int controls = 0;
        for (int i = 0; i < looked; i++) {
            boolean isControl = bytes[i] >= 0 && bytes[i] < ' ' && "\n\r\t\b\f\u001b".indexOf(bytes[i]) < 0;
            controls += isControl ? 1 : 0;
        }
        return controls > looked / 4;
    }
}
