package io.inquest.crash.command.task;

import io.inquest.crash.UsageException;
import io.inquest.crash.command.Command;
import io.inquest.crash.command.CpuList;
import io.inquest.crash.command.Declaration;
import io.inquest.crash.command.Invocation;
import io.inquest.crash.command.Option;
import io.inquest.crash.command.PresentMemory;
import io.inquest.crash.command.TaskSelection;
import io.inquest.crash.result.Ending;
import io.inquest.crash.result.Result;
import io.inquest.crash.result.RowSource;
import io.inquest.dump.MemoryFault;
import io.inquest.kernel.Kernel;
import io.inquest.kernel.task.Task;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/// `ps`: the tasks of the dead kernel.
public final class PsCommand implements Command {

    private static final Option KERNEL = Option.flag("k", "only kernel threads");
    private static final Option USER = Option.flag("u", "only user tasks");
    private static final Option LEADERS = Option.flag("G", "only the first thread of each process");
    private static final Option ACTIVE = Option.flag("A", "only tasks that are on a CPU");
    private static final Option POLICY =
            Option.value("y", "policies", "only these: NORMAL, FIFO, RR, BATCH, IDLE, DEADLINE, or numbers");
    private static final Option STACK = Option.flag("s", "the kernel stack pointer instead of the task");
    private static final Option NO_HEADER = Option.flag("H", "no heading");
    private static final Option PARENTS = Option.flag("p", "the parents of each task");
    private static final Option CHILDREN = Option.flag("c", "the children of each task");
    private static final Option TIMES = Option.flag("t", "run time, start time, and time in user and kernel mode");
    private static final Option LAST_RUN = Option.flag("l", "when each task last came onto a CPU, the latest first");
    private static final Option SINCE_RUN = Option.flag("m", "as -l, as the time that has passed since");
    private static final Option CPUS = Option.value("C", "cpus", "with -l or -m: only these, each on its own");
    private static final Option ARGUMENTS = Option.flag("a", "command line and environment");
    private static final Option THREADS = Option.flag("g", "the threads of each process");
    private static final Option LIMITS = Option.flag("r", "resource limits");
    private static final Option SUMMARY = Option.flag("S", "how many tasks are in each state");

    private static final Declaration DECLARATION = Declaration.of("ps", "tasks of the dead kernel")
            .options(KERNEL, USER, LEADERS, ACTIVE, POLICY, STACK, NO_HEADER)
            .options(PARENTS, CHILDREN, TIMES, LAST_RUN, SINCE_RUN, CPUS, ARGUMENTS, THREADS, LIMITS, SUMMARY)
            .takes("pid | task | command", 0, Declaration.ANY_NUMBER)
            .details("""
                    A task that is on a CPU has a > before it. Names of kernel threads are in brackets. ST is the state:
                    RU running or ready, IN interruptible, UN uninterruptible, ID idle, ST stopped, TR traced, ZO zombie,
                    DE dead, PA parked, NE new, WA waking. %MEM, VSZ and RSS (in KiB) are those of the process.
                    A name is taken as it is; with a backslash before it even if it looks like a number; in single quotes
                    it is a pattern: ^ and $ for its ends, . for any letter, * for repeated ones.""")
            .example("ps -k", "kernel threads")
            .example("ps -p 4249", "who started it")
            .example("ps -m 'kworker.*:1'", "how long these workers have not run");

    @Override
    public Declaration declaration() {
        return DECLARATION;
    }

    @Override
    public Result run(Invocation invocation) throws IOException {
        List<String> words = invocation.arguments().quotedWords();
        return of(
                invocation,
                words.isEmpty()
                        ? sorted(invocation.kernel().tasks().all())
                        : TaskSelection.from(invocation.kernel()).meantBy(words));
    }

    /// One answer for tasks that are selected already, by `foreach`.
    Result ofSelected(Invocation invocation, List<Task> selected) throws IOException {
        if (!invocation.words().isEmpty()) {
            throw new UsageException(
                    "the tasks stand before the command: foreach " + String.join(" ", invocation.words()) + " ps");
        }
        return of(invocation, selected);
    }

    private static Result of(Invocation invocation, List<Task> meant) throws IOException {
        if (invocation.has(CPUS) && !invocation.has(LAST_RUN) && !invocation.has(SINCE_RUN)) {
            throw new UsageException("-C option is only applicable with -l and -m");
        }
        Kernel kernel = invocation.kernel();
        List<Task> tasks = wanted(invocation, meant);
        if (invocation.has(PARENTS)) {
            return Family.parents(tasks);
        }
        if (invocation.has(CHILDREN)) {
            return Family.children(kernel, tasks);
        }
        if (invocation.has(TIMES)) {
            return TaskTimes.of(kernel, tasks);
        }
        if (invocation.has(LAST_RUN) || invocation.has(SINCE_RUN)) {
            List<Integer> cpus =
                    invocation.has(CPUS) ? CpuList.parse(invocation.value(CPUS).orElse(""), kernel) : List.of();
            return LastRun.of(kernel, tasks, invocation.has(SINCE_RUN), cpus);
        }
        if (invocation.has(ARGUMENTS)) {
            return ProgramArguments.of(kernel, tasks);
        }
        if (invocation.has(THREADS)) {
            return ThreadGroups.of(kernel, tasks);
        }
        if (invocation.has(LIMITS)) {
            return ResourceLimits.of(tasks);
        }
        if (invocation.has(SUMMARY)) {
            return StateCounts.of(tasks);
        }
        return Result.rows(
                "tasks", rows(kernel, tasks), new PsLayout(invocation.has(STACK), !invocation.has(NO_HEADER)));
    }

    /// A row for each task, also for one of which something is missing.
    private static RowSource<PsRow> rows(Kernel kernel, List<Task> tasks) throws IOException {
        RowSource<PsRow> rows = TaskSelection.rows(tasks, PsRow.reader(kernel));
        return sink -> {
            Ending[] partly = {Ending.COMPLETE};
            Ending whole = rows.forEach(row -> {
                sink.take(row);
                if (row.lost() != null) {
                    partly[0] = partly[0].and(Ending.lostTask("task 0x" + Long.toHexString(row.task()), row.lost()));
                }
            });
            return whole.and(partly[0]).and(PresentMemory.ending(kernel));
        };
    }

    /// Those of the tasks that the options ask for.
    private static List<Task> wanted(Invocation invocation, List<Task> tasks) throws IOException {
        Predicate<Task> wanted = task -> true;
        if (invocation.has(KERNEL)) {
            wanted = wanted.and(Task::isKernelThread);
        }
        if (invocation.has(USER)) {
            wanted = wanted.and(task -> !task.isKernelThread());
        }
        if (invocation.has(LEADERS)) {
            wanted = wanted.and(Task::isLeader);
        }
        if (invocation.has(ACTIVE)) {
            Set<Long> active = OnCpu.addresses(invocation.kernel());
            wanted = wanted.and(task -> active.contains(task.address()));
        }
        if (invocation.has(POLICY)) {
            Set<Long> policies = Policies.parse(invocation.value(POLICY).orElse(""));
            wanted = wanted.and(task -> policies.contains(task.policy()));
        }
        Predicate<Task> readable = wanted;
        return tasks.stream().filter(task -> testsTrue(readable, task)).toList();
    }

    /// A task that cannot be asked stays in the list, where its row tells why.
    private static boolean testsTrue(Predicate<Task> wanted, Task task) {
        try {
            return wanted.test(task);
        } catch (MemoryFault lost) {
            return true;
        }
    }

    /// By thread number, as crash does; idle tasks by CPU.
    static List<Task> sorted(List<Task> tasks) {
        List<Task> sorted = new ArrayList<>(tasks);
        sorted.sort(Comparator.comparingInt(PsCommand::pidOrLast));
        return sorted;
    }

    private static int pidOrLast(Task task) {
        try {
            return task.pid();
        } catch (MemoryFault lost) {
            return Integer.MAX_VALUE;
        }
    }
}
