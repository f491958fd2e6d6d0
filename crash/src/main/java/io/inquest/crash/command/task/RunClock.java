package io.inquest.crash.command.task;

import io.inquest.crash.command.TaskHeader;
import io.inquest.crash.result.Ending;
import io.inquest.crash.result.Layout;
import io.inquest.crash.result.RowSource;
import io.inquest.crash.result.TextWriter;
import io.inquest.dump.MemoryFault;
import io.inquest.kernel.task.Cpu;
import io.inquest.output.JsonWriter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// `runq -t`, `-m`, `-T`: the clock of a CPU's run queue, and since when its task ran.
///
/// @param clock ns
/// @param arrival when its task came onto the CPU, by the same clock
/// @param lag how far the clock is behind that of the CPU that is furthest
record RunClock(int cpu, TaskHeader task, long clock, long arrival, long lag) {

    private static final long NANOS_PER_DAY = 86_400_000_000_000L;

    /// Which of it is shown.
    enum Form {
        STAMPS,
        AGES,
        LAG
    }

    static RowSource<RunClock> of(List<Cpu> cpus) {
        return sink -> {
            Ending ending = Ending.COMPLETE;
            List<RunClock> clocks = new ArrayList<>();
            for (Cpu cpu : cpus) {
                try {
                    long clock = cpu.runqueue().member("clock").unsigned();
                    long arrival = cpu.current().lastArrival().orElse(clock);
                    clocks.add(new RunClock(cpu.number(), RunqCommand.current(cpu), clock, arrival, 0));
                } catch (MemoryFault lost) {
                    ending = ending.and(
                            Ending.incomplete("run queue of CPU " + cpu.number() + ": " + lost.getMessage()));
                }
            }
            long latest = clocks.stream().mapToLong(RunClock::clock).max().orElse(0);
            for (RunClock clock : clocks) {
                sink.take(new RunClock(clock.cpu, clock.task, clock.clock, clock.arrival, latest - clock.clock));
            }
            return ending;
        };
    }

    /// Two lines with stamps, one with ages.
    record ClockLayout(Form form) implements Layout<RunClock> {

        @Override
        public void text(RunClock row, TextWriter out) throws IOException {
            switch (form) {
                case STAMPS -> {
                    out.text(" CPU ")
                            .number(row.cpu())
                            .text(": ")
                            .number(row.clock())
                            .newLine();
                    out.text("        ").number(row.arrival()).text("  ");
                    row.task().textWithoutCpu(out);
                    out.newLine();
                }
                case AGES -> {
                    out.text(" CPU ").number(row.cpu()).text(": ").text(age(Math.max(0, row.clock() - row.arrival())));
                    out.text("  ");
                    row.task().textWithoutCpu(out);
                    out.newLine();
                }
                case LAG -> {
                    long millis = row.lag() / 1_000_000;
                    String fraction = Long.toString(millis % 1000);
                    out.text(" CPU ").number(row.cpu()).text(": ").number(millis / 1000);
                    out.line("." + "0".repeat(3 - fraction.length()) + fraction + " secs");
                }
            }
        }

        private static String age(long nanoseconds) {
            return "[" + nanoseconds / NANOS_PER_DAY + " " + LastRun.clock(nanoseconds) + "]";
        }

        @Override
        public void members(RunClock row, JsonWriter json) throws IOException {
            json.name("cpu")
                    .value(row.cpu())
                    .name("clock")
                    .value(row.clock())
                    .name("arrival")
                    .value(row.arrival());
            json.name("lag").value(row.lag()).name("current").beginObject();
            row.task().members(json);
            json.endObject();
        }
    }
}
