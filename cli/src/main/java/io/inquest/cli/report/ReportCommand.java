package io.inquest.cli.report;

import io.inquest.cli.ExitCode;
import io.inquest.crash.report.Inquest;
import io.inquest.crash.report.Report;
import io.inquest.crash.report.log.LogLines;
import io.inquest.crash.report.render.ReportHtml;
import io.inquest.crash.report.render.ReportJson;
import io.inquest.crash.report.render.ReportText;
import io.inquest.dump.DumpException;
import io.inquest.output.JsonWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `inquest report`.
@Command(
        name = "report",
        header = "Says how the kernel died, as far as what is left of it tells.",
        description = {
            "The cause comes first, in one sentence, with its kind, a signature by which the same death is known again,"
                    + " and how far to trust it. Then what supports it: the backtrace with a mark at each frame that is"
                    + " but a guess, the registers, what else was wrong, the log.",
            "When the log tells of no death, the exit code is 3."
        })
public final class ReportCommand implements Callable<Integer> {

    private static final int MOST_LOG_BYTES = 256 << 20;

    @Option(
            names = "--log",
            required = true,
            paramLabel = "FILE",
            description = "A kernel's log as text: dmesg, a serial console, syslog, pstore; - is standard input.")
    private Path log = Path.of("-");

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
        Report report = Inquest.of(log.toString(), LogLines.of(readLog()));
        if (html != null) {
            try (Writer page = Files.newBufferedWriter(html)) {
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
        return report.cause().isPresent() ? ExitCode.OK : ExitCode.INCOMPLETE;
    }

    private String readLog() throws IOException {
        boolean standardInput = log.toString().equals("-");
        try (InputStream in = standardInput ? System.in : Files.newInputStream(log)) {
            byte[] bytes = in.readNBytes(MOST_LOG_BYTES + 1);
            if (bytes.length > MOST_LOG_BYTES) {
                throw new DumpException(log + ": a log of more than " + (MOST_LOG_BYTES >> 20)
                        + " MiB; cut out the part around the crash");
            }
            return new String(bytes, StandardCharsets.UTF_8);
        }
    }
}
