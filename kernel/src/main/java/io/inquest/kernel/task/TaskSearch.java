package io.inquest.kernel.task;

import io.inquest.dump.DumpException;
import io.inquest.dump.MemoryFault;
import io.inquest.kernel.Kernel;
import io.inquest.kernel.object.KernelList;
import io.inquest.kernel.object.KernelObject;
import io.inquest.kernel.object.Walk;
import io.inquest.kernel.object.WalkEnd;
import io.inquest.kernel.symbol.MissingSymbol;
import io.inquest.kernel.type.MissingMember;
import io.inquest.kernel.type.MissingType;
import io.inquest.kernel.type.StructType;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/// Finds all tasks, in each way until one was complete.
///
/// | Way                  | Leads over                                                                     |
/// |----------------------|--------------------------------------------------------------------------------|
/// | idle tasks           | each CPU's `runqueues.idle`                                                    |
/// | task list            | `init_task.tasks`, then each process's threads: `signal->thread_head` since    |
/// |                      | 3.14 (0c740d0afc3b), else `thread_group`                                       |
/// | task list, backwards | the same by `prev`                                                             |
/// | running tasks        | each CPU's `runqueues.curr`                                                    |
/// | PID numbers          | `init_pid_ns.idr`, each number's `struct pid`                                  |
/// | families             | `children` of all that were found, and `real_parent`                           |
///
/// All but the first two are gone only where a page is missing on the way of the list.
final class TaskSearch {

    /// `PID_MAX_LIMIT` of 64-bit kernels.
    private static final int MOST_TASKS = 4 << 20;

    private final Kernel kernel;
    private final StructType type;
    private final KernelObject first;
    private final Set<Task> found = new LinkedHashSet<>();
    private final List<TaskWay> ways = new ArrayList<>();

    TaskSearch(Kernel kernel) throws IOException {
        this.kernel = kernel;
        this.type = kernel.types().struct("task_struct");
        long first = kernel.symbols()
                .core()
                .address("init_task")
                .orElseThrow(() -> new DumpException("no symbol tells where the kernel's first task is (init_task)"));
        this.first = KernelObject.at(kernel.space(), type, first);
    }

    List<TaskWay> ways() {
        return List.copyOf(ways);
    }

    /// Each task once: idle ones first, then in the order of the list.
    List<Task> find() throws IOException {
        addIdle();
        Walk<KernelObject> forward = KernelList.entries(first.member("tasks"), type, "tasks");
        WalkEnd threads = addProcesses("task list", forward);
        if (!forward.end().isComplete() || !threads.isComplete()) {
            addProcesses("task list, backwards", KernelList.backwards(first.member("tasks"), type, "tasks"));
            addRunning();
            addNumbers();
            addFamilies();
        }
        return List.copyOf(found);
    }

    private void addIdle() throws IOException {
        found.add(new Task(first));
        WalkEnd end = new WalkEnd.Complete();
        try {
            for (Cpu cpu : kernel.cpus()) {
                addIdle(cpu);
            }
        } catch (MissingSymbol lost) {
            end = new WalkEnd.Fault(Objects.requireNonNullElse(lost.getMessage(), "a symbol is missing"));
        }
        ways.add(new TaskWay("idle tasks", found.size(), end));
    }

    private void addIdle(Cpu cpu) {
        try {
            found.add(cpu.idle());
        } catch (MemoryFault | MissingMember lost) {
            String why = Objects.requireNonNullElse(lost.getMessage(), "its run queue is lost");
            ways.add(new TaskWay("idle task of CPU " + cpu.number(), 0, new WalkEnd.Fault(why)));
        }
    }

    /// Each process with its threads; the answer is the first end of a list of threads that is not complete.
    private WalkEnd addProcesses(String name, Walk<KernelObject> leaders) {
        int before = found.size();
        WalkEnd threads = new WalkEnd.Complete();
        for (KernelObject leader : leaders) {
            found.add(new Task(leader));
            WalkEnd end = addThreads(leader);
            threads = threads.isComplete() ? end : threads;
        }
        ways.add(new TaskWay(name, found.size() - before, leaders.end().isComplete() ? threads : leaders.end()));
        return threads;
    }

    private WalkEnd addThreads(KernelObject leader) {
        try {
            Walk<KernelObject> threads = threads(leader);
            for (KernelObject thread : threads) {
                found.add(new Task(thread));
            }
            return threads.end();
        } catch (MemoryFault lost) {
            return new WalkEnd.Fault(lost.getMessage());
        }
    }

    private Walk<KernelObject> threads(KernelObject leader) {
        if (type.memberAt("thread_node").isPresent()) {
            KernelObject signal = leader.member("signal");
            return signal.isZero()
                    ? Walk.of(List.of())
                    : KernelList.entries(signal.dereference().member("thread_head"), type, "thread_node");
        }
        return KernelList.entries(leader.member("thread_group"), type, "thread_group");
    }

    private void addRunning() throws IOException {
        int before = found.size();
        WalkEnd end = new WalkEnd.Complete();
        for (Cpu cpu : kernel.cpus()) {
            try {
                found.add(cpu.current());
            } catch (MemoryFault lost) {
                end = new WalkEnd.Fault(lost.getMessage());
            }
        }
        ways.add(new TaskWay("running tasks", found.size() - before, end));
    }

    private void addNumbers() throws IOException {
        int before = found.size();
        WalkEnd end;
        try {
            Walk<KernelObject> numbers = PidNumbers.tasks(kernel, type);
            for (KernelObject task : numbers) {
                found.add(new Task(task));
            }
            end = numbers.end();
        } catch (MemoryFault | MissingType | MissingMember lost) {
            end = new WalkEnd.Fault(Objects.requireNonNullElse(lost.getMessage(), "they are lost"));
        }
        ways.add(new TaskWay("PID numbers", found.size() - before, end));
    }

    private void addFamilies() {
        int before = found.size();
        Deque<Task> toAsk = new ArrayDeque<>(found);
        WalkEnd end = new WalkEnd.Complete();
        while (!toAsk.isEmpty() && found.size() < MOST_TASKS) {
            Task task = toAsk.remove();
            try {
                task.parent().filter(found::add).ifPresent(toAsk::add);
                Walk<KernelObject> children = KernelList.entries(task.struct().member("children"), type, "sibling");
                for (KernelObject child : children) {
                    Task each = new Task(child);
                    if (found.add(each)) {
                        toAsk.add(each);
                        addThreads(child);
                    }
                }
                end = children.end().isComplete() ? end : children.end();
            } catch (MemoryFault lost) {
                end = new WalkEnd.Fault(lost.getMessage());
            }
        }
        ways.add(new TaskWay("families", found.size() - before, end));
    }
}
