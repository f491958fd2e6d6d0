package io.inquest.kernel.task;

import io.inquest.dump.MemoryFault;
import io.inquest.kernel.Kernel;
import io.inquest.kernel.object.WalkEnd;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/// All tasks of the dead kernel: the idle tasks of the CPUs, then the others in the order in which they were made.
///
/// ```java
/// for (Task task : kernel.tasks()) { … }
/// ```
public final class Tasks implements Iterable<Task> {

    private final List<Task> tasks;
    private final List<TaskWay> ways;

    private Tasks(List<Task> tasks, List<TaskWay> ways) {
        this.tasks = tasks;
        this.ways = ways;
    }

    /// Finds them. Throws a [io.inquest.kernel.type.MissingType] when nothing describes a `struct task_struct`.
    public static Tasks of(Kernel kernel) throws IOException {
        TaskSearch search = new TaskSearch(kernel);
        List<Task> tasks = search.find();
        return new Tasks(tasks, search.ways());
    }

    @Override
    public Iterator<Task> iterator() {
        return tasks.iterator();
    }

    public List<Task> all() {
        return tasks;
    }

    /// On which ways they were found, and how each of them ended.
    public List<TaskWay> ways() {
        return ways;
    }

    /// Complete, or the end of the first way that was not: then there may be more tasks than were found.
    public WalkEnd end() {
        for (TaskWay way : ways) {
            if (!way.end().isComplete()) {
                return way.end();
            }
        }
        return new WalkEnd.Complete();
    }

    /// The task of that thread number. There are several of number 0, of which this is the first CPU's.
    public Optional<Task> withPid(int pid) {
        for (Task task : tasks) {
            if (hasPid(task, pid)) {
                return Optional.of(task);
            }
        }
        return Optional.empty();
    }

    private static boolean hasPid(Task task, int pid) {
        try {
            return task.pid() == pid;
        } catch (MemoryFault lost) {
            return false;
        }
    }

    /// The task whose struct is at that address.
    public Optional<Task> at(long address) {
        return tasks.stream().filter(task -> task.address() == address).findFirst();
    }
}
