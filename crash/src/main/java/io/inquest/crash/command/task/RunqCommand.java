package io.inquest.crash.command.task;

import io.inquest.crash.command.Command;
import io.inquest.crash.command.CpuList;
import io.inquest.crash.command.Declaration;
import io.inquest.crash.command.Invocation;
import io.inquest.crash.command.Option;
import io.inquest.crash.command.TaskHeader;
import io.inquest.crash.result.Ending;
import io.inquest.crash.result.Result;
import io.inquest.crash.result.RowSource;
import io.inquest.dump.MemoryFault;
import io.inquest.kernel.Kernel;
import io.inquest.kernel.task.Cpu;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/// `runq`: who ran, and who wanted to.
public final class RunqCommand implements Command {

    private static final Option TIMES = Option.flag("t", "the clock of each CPU, and when its task came onto it");
    private static final Option AGES = Option.flag("m", "how long each CPU's task has been on it");
    private static final Option LAG = Option.flag("T", "how far each CPU's clock is behind the latest");
    private static final Option GROUPS = Option.flag("g", "by groups of tasks (control groups), as a tree");
    private static final Option CPUS = Option.value("c", "cpus", "only these");

    private static final Declaration DECLARATION = Declaration.of("runq", "run queues of the CPUs")
            .options(TIMES, AGES, LAG, GROUPS, CPUS)
            .details(
                    "The number in brackets is the priority: below 100 real-time, from 100 on the nice value plus 120.")
            .example("runq -c 0,2-3", "only these CPUs")
            .example("runq -T", "which CPU stopped first?");

    @Override
    public Declaration declaration() {
        return DECLARATION;
    }

    @Override
    public Result run(Invocation invocation) throws IOException {
        Kernel kernel = invocation.kernel();
        List<Cpu> cpus = new ArrayList<>(kernel.cpus().online());
        if (invocation.has(CPUS)) {
            List<Integer> wanted = CpuList.parse(invocation.value(CPUS).orElse(""), kernel);
            cpus.removeIf(cpu -> !wanted.contains(cpu.number()));
        }
        if (invocation.has(TIMES) || invocation.has(AGES) || invocation.has(LAG)) {
            RunClock.Form form = invocation.has(TIMES)
                    ? RunClock.Form.STAMPS
                    : invocation.has(AGES) ? RunClock.Form.AGES : RunClock.Form.LAG;
            return Result.rows("cpus", RunClock.of(cpus), new RunClock.ClockLayout(form));
        }
        return invocation.has(GROUPS)
                ? Result.rows(
                        "cpus", each(cpus, cpu -> CpuGroups.of(kernel, cpu), CpuGroups::ending), new GroupLayout())
                : Result.rows(
                        "cpus", each(cpus, cpu -> RunQueue.of(kernel, cpu), RunQueue::ending), new RunQueueLayout());
    }

    /// Reads one CPU's row.
    @FunctionalInterface
    private interface Reader<R> {
        R of(Cpu cpu) throws IOException;
    }

    private static <R> RowSource<R> each(List<Cpu> cpus, Reader<R> reader, Function<R, Ending> endingOf) {
        return sink -> {
            Ending ending = Ending.COMPLETE;
            for (Cpu cpu : cpus) {
                try {
                    R row = reader.of(cpu);
                    sink.take(row);
                    ending = ending.and(endingOf.apply(row));
                } catch (MemoryFault lost) {
                    ending = ending.and(
                            Ending.incomplete("run queue of CPU " + cpu.number() + ": " + lost.getMessage()));
                }
            }
            return ending;
        };
    }

    static TaskHeader current(Cpu cpu) {
        return TaskHeader.of(cpu.current());
    }
}
