package io.inquest.crash.command.task;

import io.inquest.crash.command.TaskHeader;
import io.inquest.crash.command.Uptime;
import io.inquest.crash.result.Ending;
import io.inquest.crash.result.Layout;
import io.inquest.crash.result.Result;
import io.inquest.crash.result.RowSource;
import io.inquest.crash.result.TextWriter;
import io.inquest.dump.MemoryFault;
import io.inquest.kernel.Kernel;
import io.inquest.kernel.task.Cpu;
import io.inquest.kernel.task.Task;
import io.inquest.kernel.task.TaskState;
import io.inquest.output.JsonWriter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// `ps -l` and `ps -m`: when tasks last came onto a CPU.
///
/// @param stamp the clock of its CPU's run queue then, in ns
/// @param since how long ago that was by the same clock, in ns
record LastRun(TaskHeader task, TaskState state, long stamp, long since) {

    private static final long NANOS_PER_MILLI = 1_000_000L;
    private static final long MILLIS_PER_DAY = 86_400_000L;

    /// @param onCpus CPUs that get a list each; empty for one list of all tasks
    static Result of(Kernel kernel, List<Task> tasks, boolean asAge, List<Integer> onCpus) throws IOException {
        List<LastRun> runs = new ArrayList<>();
        Ending missing = Ending.COMPLETE;
        Map<Integer, Long> clocks = clocks(kernel);
        for (Task task : tasks) {
            try {
                runs.add(of(task, clocks));
            } catch (MemoryFault lost) {
                missing = missing.and(Ending.lostTask(task, lost));
            }
        }
        Ending ending = missing;
        runs.sort(Comparator.comparingLong(LastRun::stamp).reversed());
        int width = Long.toString(runs.isEmpty() ? 0 : runs.getFirst().stamp()).length();
        int dayWidth = Long.toString(
                        runs.stream().mapToLong(LastRun::days).max().orElse(0))
                .length();
        Layout<LastRun> layout = asAge ? new AgeLayout(dayWidth) : new StampLayout(width);
        if (onCpus.isEmpty()) {
            return Result.rows("tasks", ended(runs, ending), layout);
        }
        return Result.separated(RowSource.of(onCpus.stream()
                .map(cpu -> Result.several(List.of(
                        Result.text("CPU: " + cpu + "\n"),
                        Result.rows(
                                "tasks",
                                ended(
                                        runs.stream()
                                                .filter(run -> run.task().cpu() == cpu)
                                                .toList(),
                                        ending),
                                layout))))
                .toList()));
    }

    private static RowSource<LastRun> ended(List<LastRun> runs, Ending ending) {
        return sink -> RowSource.of(runs).forEach(sink).and(ending);
    }

    private static Map<Integer, Long> clocks(Kernel kernel) throws IOException {
        Map<Integer, Long> clocks = new HashMap<>();
        for (Cpu cpu : kernel.cpus()) {
            try {
                clocks.put(cpu.number(), cpu.runqueue().member("clock").unsigned());
            } catch (MemoryFault lost) {
                // Ages on that CPU come out as 0.
            }
        }
        return clocks;
    }

    private static LastRun of(Task task, Map<Integer, Long> clocks) {
        TaskHeader header = TaskHeader.of(task);
        Optional<Long> arrival = task.lastArrival();
        long stamp = arrival.orElse(0L);
        long clock = clocks.getOrDefault(header.cpu(), stamp);
        return new LastRun(header, task.state(), stamp, Math.max(0, clock - stamp));
    }

    private long days() {
        return since / NANOS_PER_MILLI / MILLIS_PER_DAY;
    }

    private void rest(TextWriter out) throws IOException {
        out.text(" [").text(StateName.brief(state)).text("]  ");
        task.text(out);
        out.newLine();
    }

    private void write(JsonWriter json) throws IOException {
        task.members(json);
        json.name("state").value(StateName.brief(state));
        json.name("lastRun").value(stamp).name("sinceNanoseconds").value(since);
    }

    /// `[20811245123] [IN]  PID: 37 …`.
    private record StampLayout(int width) implements Layout<LastRun> {

        @Override
        public void text(LastRun row, TextWriter out) throws IOException {
            out.text("[").right(row.stamp(), width).text("]");
            row.rest(out);
        }

        @Override
        public void members(LastRun row, JsonWriter json) throws IOException {
            row.write(json);
        }
    }

    /// `[0 00:00:00.003] [RU]  PID: …`.
    private record AgeLayout(int dayWidth) implements Layout<LastRun> {

        @Override
        public void text(LastRun row, TextWriter out) throws IOException {
            out.text("[")
                    .right(row.days(), dayWidth)
                    .text(" ")
                    .text(clock(row.since()))
                    .text("]");
            row.rest(out);
        }

        @Override
        public void members(LastRun row, JsonWriter json) throws IOException {
            row.write(json);
        }
    }

    /// `00:00:00.003` within a day.
    static String clock(long nanoseconds) {
        long millis = nanoseconds / NANOS_PER_MILLI % MILLIS_PER_DAY;
        String fraction = Long.toString(millis % 1000);
        return Uptime.clock(millis / 1000) + "." + "0".repeat(3 - fraction.length()) + fraction;
    }
}
