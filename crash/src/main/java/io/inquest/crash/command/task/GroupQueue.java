package io.inquest.crash.command.task;

import io.inquest.crash.command.TaskHeader;
import io.inquest.dump.MemoryFault;
import io.inquest.kernel.object.KernelObject;
import java.util.List;
import java.util.Optional;

/// What waits on one CPU of one group of tasks (kernel: `struct cfs_rq` and `struct rt_rq` of a `struct
/// task_group`, `kernel/sched/sched.h`).
///
/// @param group address of the `struct task_group`
/// @param queue address of the `struct cfs_rq` or `struct rt_rq`
/// @param name that of its control group, "" for the root and where none can be read
/// @param throttled whether it had used up its share
/// @param priority of the group among real-time tasks, -1 for others
record GroupQueue(long group, long queue, String name, boolean throttled, int priority, List<Entry> entries) {

    /// What is queued.
    sealed interface Entry {

        /// A task; `running` if it was on the CPU.
        record OfTask(int priority, TaskHeader task, boolean running) implements Entry {}

        /// A group in the group.
        record OfGroup(GroupQueue group) implements Entry {}
    }

    static GroupQueue of(KernelObject queue, int priority, List<Entry> entries) {
        Optional<KernelObject> group = follow(Optional.of(queue), "tg");
        boolean throttled = queue.find("throttled")
                .or(() -> queue.find("rt_throttled"))
                .map(flag -> !flag.isZero())
                .orElse(false);
        long address = group.map(KernelObject::address).orElse(0L);
        return new GroupQueue(address, queue.address(), name(group), throttled, priority, List.copyOf(entries));
    }

    /// A control group's name is that of its folder; the root's is empty.
    private static String name(Optional<KernelObject> group) {
        try {
            Optional<KernelObject> control = follow(group.flatMap(struct -> struct.find("css")), "cgroup");
            return follow(control, "kn")
                    .flatMap(node -> node.find("name"))
                    .filter(name -> !name.isZero())
                    .map(KernelObject::string)
                    .orElse("");
        } catch (MemoryFault lost) {
            return "";
        }
    }

    private static Optional<KernelObject> follow(Optional<KernelObject> from, String member) {
        return from.flatMap(struct -> struct.find(member))
                .filter(pointer -> !pointer.isZero())
                .map(KernelObject::dereference);
    }
}
