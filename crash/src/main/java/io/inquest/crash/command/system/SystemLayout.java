package io.inquest.crash.command.system;

import io.inquest.crash.command.Uptime;
import io.inquest.crash.result.Layout;
import io.inquest.crash.result.TextWriter;
import io.inquest.kernel.system.LoadAverage;
import io.inquest.output.JsonWriter;
import java.io.IOException;
import java.util.Optional;

/// The banner: labels end in column 13.
final class SystemLayout implements Layout<SystemSummary> {

    private static final int LABEL_WIDTH = 12;
    private static final long KIB = 1024;
    private static final String UNKNOWN = "(unknown)";

    @Override
    public void text(SystemSummary row, TextWriter out) throws IOException {
        label("KERNEL", out).text(row.namelist()).line(row.tainted() ? "  [TAINTED]" : "");
        dumpFiles(row, out);
        label("CPUS", out).text(number(row.cpus()));
        out.line(row.offlineCpus() == 0 ? "" : " [OFFLINE: " + row.offlineCpus() + "]");
        label("DATE", out)
                .line(
                        row.crashTime().isEmpty()
                                ? "(unknown)"
                                : Ctime.withZone(row.crashTime().getAsLong()));
        label("UPTIME", out)
                .line(
                        row.uptime().isEmpty()
                                ? "(unknown)"
                                : Uptime.of(row.uptime().getAsLong()));
        label("LOAD AVERAGE", out).line(row.load().map(LoadAverage::text).orElse("(unknown)"));
        label("TASKS", out).line(number(row.tasks()));
        label("NODENAME", out).line(row.name().nodename());
        label("RELEASE", out).line(row.name().release());
        label("VERSION", out).line(row.name().version());
        label("MACHINE", out).text(row.name().machine());
        out.line("  (" + (row.megahertz() == 0 ? "unknown" : row.megahertz()) + " Mhz)");
        label("MEMORY", out).line(row.memoryBytes().map(SystemLayout::size).orElse(UNKNOWN));
        label("PANIC", out).text("\"").text(row.panic()).text("\"");
        out.line(row.panic().contains("Oops: ") ? " (check log for details)" : "");
    }

    private static String number(Optional<Integer> count) {
        return count.map(String::valueOf).orElse(UNKNOWN);
    }

    private static void dumpFiles(SystemSummary row, TextWriter out) throws IOException {
        if (row.sources().dump().size() == 1) {
            label("DUMPFILE", out).text(row.sources().dump().getFirst()).line(row.dumpMarks());
            return;
        }
        String label = "DUMPFILES: ";
        for (String file : row.sources().dump()) {
            out.right(label, LABEL_WIDTH + 2).text(file).line(row.dumpMarks());
            label = "";
        }
    }

    private static TextWriter label(String label, TextWriter out) throws IOException {
        return out.right(label, LABEL_WIDTH).text(": ");
    }

    /// `255.5 MB`, `1 GB`: one digit behind the point, and none when it is 0; the even one, as with `%.1f` of C, where
    /// both are as near.
    static String size(long bytes) {
        long unit = bytes >= KIB * KIB * KIB ? KIB * KIB * KIB : KIB * KIB;
        long tenths = (long) Math.rint(bytes * 10.0 / unit);
        String fraction = tenths % 10 == 0 ? "" : "." + tenths % 10;
        return tenths / 10 + fraction + (unit == KIB * KIB ? " MB" : " GB");
    }

    @Override
    public void members(SystemSummary row, JsonWriter json) throws IOException {
        json.name("kernel").value(row.namelist()).name("tainted").value(row.tainted());
        json.name("dumpFiles").beginArray();
        for (String file : row.sources().dump()) {
            json.value(file);
        }
        json.endArray();
        json.name("partial").value(row.dumpMarks().contains("PARTIAL"));
        json.name("incomplete").value(row.dumpMarks().contains("INCOMPLETE"));
        if (row.cpus().isPresent()) {
            json.name("cpus").value(row.cpus().get()).name("offlineCpus").value(row.offlineCpus());
        }
        if (row.crashTime().isPresent()) {
            json.name("crashTime").value(row.crashTime().getAsLong());
        }
        if (row.uptime().isPresent()) {
            json.name("uptimeNanoseconds").value(row.uptime().getAsLong());
        }
        if (row.load().isPresent()) {
            LoadAverage load = row.load().get();
            json.name("loadAverage").beginArray();
            json.value(load.oneMinute())
                    .value(load.fiveMinutes())
                    .value(load.fifteenMinutes())
                    .endArray();
        }
        if (row.tasks().isPresent()) {
            json.name("tasks").value(row.tasks().get());
        }
        json.name("nodename").value(row.name().nodename());
        json.name("release")
                .value(row.name().release())
                .name("version")
                .value(row.name().version());
        json.name("machine").value(row.name().machine()).name("megahertz").value(row.megahertz());
        if (row.memoryBytes().isPresent()) {
            json.name("memoryBytes").value(row.memoryBytes().get());
        }
        json.name("panic").value(row.panic());
    }
}
