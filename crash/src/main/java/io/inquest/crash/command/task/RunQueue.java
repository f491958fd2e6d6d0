package io.inquest.crash.command.task;

import io.inquest.crash.command.TaskHeader;
import io.inquest.crash.result.Ending;
import io.inquest.kernel.Kernel;
import io.inquest.kernel.object.KernelList;
import io.inquest.kernel.object.KernelObject;
import io.inquest.kernel.object.RedBlackTree;
import io.inquest.kernel.object.Walk;
import io.inquest.kernel.task.Cpu;
import io.inquest.kernel.task.Task;
import io.inquest.kernel.type.StructType;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// What a CPU ran and what waited for it (kernel: `kernel/sched/sched.h`).
///
/// Ordinary tasks wait in red-black trees of `struct sched_entity`; an entity with a queue of its own (`my_q`) is a
/// group,
/// whose tasks wait in that one.
///
/// @param address of the `struct rq`
/// @param realTimeArray address of `rt.active`
/// @param fairRoot address of `cfs.tasks_timeline`
/// @param ending how the walks through the queues ended
record RunQueue(
        int cpu,
        long address,
        TaskHeader current,
        long realTimeArray,
        List<Waiting> realTime,
        long fairRoot,
        List<Waiting> fair,
        Ending ending) {

    /// Groups in groups; deeper ones are damage.
    private static final int DEEPEST_GROUPS = 32;

    /// A task that waits.
    record Waiting(int priority, TaskHeader task) {}

    static RunQueue of(Kernel kernel, Cpu cpu) throws IOException {
        KernelObject queue = cpu.runqueue();
        Search search = new Search(kernel);
        KernelObject array = queue.member("rt.active");
        search.realTime(array);
        KernelObject fair = queue.member("cfs");
        search.fair(fair, 0);
        return new RunQueue(
                cpu.number(),
                queue.address(),
                RunqCommand.current(cpu),
                array.address(),
                search.realTime,
                fair.member("tasks_timeline").address(),
                search.fair,
                search.ending);
    }

    /// Goes through the queues of one CPU.
    private static final class Search {

        private final StructType task;
        private final StructType entity;
        private final List<Waiting> realTime = new ArrayList<>();
        private final List<Waiting> fair = new ArrayList<>();
        private Ending ending = Ending.COMPLETE;

        Search(Kernel kernel) throws IOException {
            this.task = kernel.types().struct("task_struct");
            this.entity = kernel.types().struct("sched_entity");
        }

        void realTime(KernelObject array) {
            KernelObject queues = array.member("queue");
            for (long priority = 0; priority < queues.length(); priority++) {
                Walk<KernelObject> tasks = KernelList.entries(queues.element(priority), task, "rt.run_list");
                for (KernelObject each : tasks) {
                    realTime.add(waiting(each));
                }
                ending = ending.and(Ending.of(tasks.end()));
            }
        }

        void fair(KernelObject queue, int depth) {
            KernelObject root = queue.member("tasks_timeline");
            Walk<KernelObject> entities =
                    RedBlackTree.entries(root.find("rb_root").orElse(root), entity, "run_node");
            for (KernelObject each : entities) {
                KernelObject own = each.find("my_q").orElse(null);
                if (own != null && !own.isZero() && depth < DEEPEST_GROUPS) {
                    fair(own.dereference(), depth + 1);
                } else if (own == null || own.isZero()) {
                    fair.add(waiting(each.containerOf(task, "se")));
                }
            }
            ending = ending.and(Ending.of(entities.end()));
        }

        private static Waiting waiting(KernelObject struct) {
            Task task = new Task(struct);
            return new Waiting(task.priority(), TaskHeader.of(task));
        }
    }
}
