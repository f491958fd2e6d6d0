package io.inquest.crash.command.task;

import io.inquest.crash.command.TaskHeader;
import io.inquest.crash.command.task.GroupQueue.Entry;
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
import java.util.Optional;

/// `runq -g`: the groups of tasks that wait on a CPU, as a tree from the root group on.
///
/// @param realTime empty if no real-time task waits
/// @param ending how the walks through the queues ended
record CpuGroups(int cpu, TaskHeader current, Optional<GroupQueue> realTime, GroupQueue fair, Ending ending) {

    /// Groups in groups; deeper ones are damage.
    private static final int DEEPEST_GROUPS = 32;

    static CpuGroups of(Kernel kernel, Cpu cpu) throws IOException {
        Search search = new Search(kernel, cpu);
        KernelObject queue = cpu.runqueue();
        GroupQueue realTime = search.realTime(queue.member("rt"), -1, 0);
        GroupQueue fair = search.fair(queue.member("cfs"), 0);
        return new CpuGroups(
                cpu.number(),
                RunqCommand.current(cpu),
                realTime.entries().isEmpty() ? Optional.empty() : Optional.of(realTime),
                fair,
                search.ending);
    }

    /// Goes down the groups of one CPU.
    private static final class Search {

        private final StructType task;
        private final StructType fairEntity;
        private final StructType realTimeEntity;
        private final Task running;
        private Ending ending = Ending.COMPLETE;

        Search(Kernel kernel, Cpu cpu) throws IOException {
            this.task = kernel.types().struct("task_struct");
            this.fairEntity = kernel.types().struct("sched_entity");
            this.realTimeEntity = kernel.types().struct("sched_rt_entity");
            this.running = cpu.current();
        }

        /// The entity that runs is not in the tree, on no level.
        GroupQueue fair(KernelObject queue, int depth) {
            List<Entry> entries = new ArrayList<>();
            KernelObject current = queue.member("curr");
            if (!current.isZero()) {
                add(current.dereference(), entries, depth);
            }
            KernelObject root = queue.member("tasks_timeline");
            Walk<KernelObject> waiting =
                    RedBlackTree.entries(root.find("rb_root").orElse(root), fairEntity, "run_node");
            for (KernelObject each : waiting) {
                add(each, entries, depth);
            }
            ending = ending.and(Ending.of(waiting.end()));
            return GroupQueue.of(queue, -1, entries);
        }

        private void add(KernelObject entity, List<Entry> entries, int depth) {
            Optional<KernelObject> own = entity.find("my_q").filter(queue -> !queue.isZero());
            if (own.isEmpty()) {
                entries.add(task(entity.containerOf(task, "se")));
            } else if (depth < DEEPEST_GROUPS) {
                entries.add(new Entry.OfGroup(fair(own.get().dereference(), depth + 1)));
            }
        }

        GroupQueue realTime(KernelObject queue, int priority, int depth) {
            List<Entry> entries = new ArrayList<>();
            KernelObject lists = queue.member("active.queue");
            for (int i = 0; i < lists.length(); i++) {
                Walk<KernelObject> waiting = KernelList.entries(lists.element(i), realTimeEntity, "run_list");
                for (KernelObject each : waiting) {
                    Optional<KernelObject> own = each.find("my_q").filter(inner -> !inner.isZero());
                    if (own.isEmpty()) {
                        entries.add(task(each.containerOf(task, "rt")));
                    } else if (depth < DEEPEST_GROUPS) {
                        entries.add(new Entry.OfGroup(realTime(own.get().dereference(), i, depth + 1)));
                    }
                }
                ending = ending.and(Ending.of(waiting.end()));
            }
            return GroupQueue.of(queue, priority, entries);
        }

        private Entry task(KernelObject struct) {
            Task found = new Task(struct);
            return new Entry.OfTask(found.priority(), TaskHeader.of(found), found.equals(running));
        }
    }
}
