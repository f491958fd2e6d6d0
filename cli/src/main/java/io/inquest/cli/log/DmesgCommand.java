package io.inquest.cli.log;

import io.inquest.cli.DumpFiles;
import io.inquest.cli.ExitCode;
import io.inquest.dump.Dump;
import io.inquest.dump.io.OwnerFile;
import io.inquest.kernel.Kernel;
import io.inquest.kernel.VmcoreInfo;
import io.inquest.kernel.log.KernelLog;
import io.inquest.kernel.log.LogEnd;
import io.inquest.kernel.log.LogRange;
import io.inquest.kernel.log.LogStyle;
import io.inquest.kernel.log.LogText;
import io.inquest.kernel.log.LogVisitor;
import io.inquest.output.JsonWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `inquest dmesg`.
@Command(
        name = "dmesg",
        header = "Prints the log of the dead kernel, as dmesg(1) would have.",
        description = {
            "Works as long as the log's own memory is in the dump, whatever else is damaged.",
            "When parts of the log cannot be read, the rest is printed and the exit code is 3."
        })
public final class DmesgCommand implements Callable<Integer> {

    @Parameters(paramLabel = "FILE", arity = "1..*", description = "The dump; several files are parts of a split dump.")
    private List<Path> files = List.of();

    @Option(names = "--json", description = "One JSON object a line for each record.")
    private boolean asJson;

    @Option(
            names = {"-l", "--level"},
            paramLabel = "LIST",
            converter = LevelFilter.Levels.class,
            description = "Only these levels: emerg, alert, crit, err, warn, notice, info, debug, or 0 to 7, separated"
                    + " by commas; err+ means err and worse, +warn means warn and milder.")
    private LevelFilter levels = LevelFilter.ALL;

    @Option(
            names = {"-f", "--facility"},
            paramLabel = "LIST",
            converter = LevelFilter.Facilities.class,
            description = "Only these facilities: kern, user, daemon, … as in syslog(3), separated by commas.")
    private LevelFilter facilities = LevelFilter.ALL;

    @Option(
            names = {"-T", "--ctime"},
            description = "The time of day instead of the time since boot, counted back from the time of the crash.")
    private boolean timeOfDay;

    @Option(
            names = "--caller",
            description = "Show which task (T) or CPU (C) wrote each line, where the log records it.")
    private boolean callers;

    @Option(names = "--since-clear", description = "Only what was logged since somebody last cleared the log.")
    private boolean sinceClear;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "Write to this file, replacing it; - is standard output.")
    private Path output = Path.of("-");

    @Spec
    private CommandSpec spec;

    public DmesgCommand() {}

    @Override
    public Integer call() throws IOException {
        if (asJson && (timeOfDay || callers)) {
            throw new ParameterException(
                    spec.commandLine(), "--json has all times and callers; leave --ctime and --caller out");
        }
        try (Dump dump = DumpFiles.open(files, spec)) {
            Kernel kernel = Kernel.open(dump, DumpFiles.warnings(spec));
            KernelLog log = KernelLog.open(kernel);
            LogEnd end = output.toString().equals("-")
                    ? write(kernel, log, new LineStream(spec.commandLine().getOut()))
                    : writeFile(kernel, log);
            if (end instanceof LogEnd.Complete) {
                return ExitCode.OK;
            }
            DumpFiles.warnings(spec).warn(end.describe());
            return ExitCode.INCOMPLETE;
        }
    }

    private LogEnd writeFile(Kernel kernel, KernelLog log) throws IOException {
        try (OutputStream file = Channels.newOutputStream(OwnerFile.replace(output))) {
            return write(kernel, log, file);
        }
    }

    private LogEnd write(Kernel kernel, KernelLog log, OutputStream out) throws IOException {
        LogEnd end = asJson ? writeJson(log, out) : writeText(kernel, log, out);
        out.flush();
        return end;
    }

    private LogEnd writeJson(KernelLog log, OutputStream out) throws IOException {
        Writer text = new PrintWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
        LogEnd end = visit(log, new LogJson(JsonWriter.compact(text)));
        text.flush();
        return end;
    }

    private LogEnd writeText(Kernel kernel, KernelLog log, OutputStream out) throws IOException {
        boolean show = callers || log.showsCaller();
        LogText text = new LogText(out, show && !timeOfDay ? LogStyle.DMESG_CALLER : LogStyle.DMESG);
        LogVisitor visitor = timeOfDay ? WallClock.before(text, log, crashTime(kernel)) : text;
        LogEnd end = visit(log, visitor);
        text.finish();
        return end;
    }

    private LogEnd visit(KernelLog log, LogVisitor visitor) throws IOException {
        LogRange range = sinceClear ? LogRange.SINCE_CLEAR : LogRange.ALL;
        return log.visit(range, record -> {
            if (LevelFilter.admits(record, levels, facilities)) {
                visitor.record(record);
            }
        });
    }

    private long crashTime(Kernel kernel) {
        VmcoreInfo info = kernel.vmcoreInfo();
        OptionalLong time = info.crashTime().isPresent()
                ? info.crashTime()
                : kernel.dump().header().crashTimeSeconds();
        if (time.isEmpty() || time.getAsLong() == 0) {
            throw new ParameterException(
                    spec.commandLine(), "--ctime: the dump does not say when the kernel crashed; leave the option out");
        }
        return time.getAsLong();
    }
}
