package io.inquest.makedumpfile.pipeline;

import io.inquest.dump.MemoryFault;
import io.inquest.dump.Warnings;
import io.inquest.kernel.Kernel;
import io.inquest.kernel.Mapping;
import io.inquest.kernel.object.KernelObject;
import io.inquest.kernel.page.KeepList;
import io.inquest.kernel.task.Task;
import io.inquest.kernel.task.Tasks;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The tasks that `--keep-task` names, by thread number or by name, and their memory.
///
/// Asks the kernel's types, which nothing else of filtering needs.
final class KeptTasks {

    private static final int MOST_NAMES_SHOWN = 8;

    private KeptTasks() {}

    /// Adds the memory of each task that is named to the frames that stay.
    ///
    /// Fails when a name is nobody's: what was asked for would be missing without a word.
    static void add(List<String> names, Kernel kernel, KeepList keepList, Warnings warnings) throws IOException {
        if (names.isEmpty()) {
            return;
        }
        Tasks tasks = Tasks.of(kernel);
        Set<Long> done = new HashSet<>();
        for (String name : names) {
            for (Task task : named(name, tasks)) {
                Optional<KernelObject> mm = task.mm();
                if (mm.isEmpty()) {
                    warnings.warn("--keep-task " + name + ": task " + task.pid() + " has no memory of its own");
                } else if (done.add(mm.get().address())) {
                    keepList.addTask(rootTable(kernel, mm.get()));
                }
            }
        }
    }

    private static List<Task> named(String name, Tasks tasks) throws CommandFailure {
        List<Task> found = new ArrayList<>();
        for (Task task : tasks) {
            if (isNamed(task, name)) {
                found.add(task);
            }
        }
        if (found.isEmpty()) {
            String incomplete = tasks.end().isComplete()
                    ? ""
                    : "; not all were found: " + tasks.end().sentence();
            throw new CommandFailure("makedumpfile: --keep-task " + name + ": no task has that number or name (there"
                    + " are " + someNames(tasks) + " …)" + incomplete);
        }
        return found;
    }

    private static boolean isNamed(Task task, String name) {
        try {
            return task.comm().equals(name) || Integer.toString(task.pid()).equals(name);
        } catch (MemoryFault lost) {
            return false;
        }
    }

    private static String someNames(Tasks tasks) {
        Set<String> names = new LinkedHashSet<>();
        for (Task task : tasks) {
            if (names.size() < MOST_NAMES_SHOWN && hasMemory(task)) {
                names.add(task.comm());
            }
        }
        return String.join(", ", names);
    }

    private static boolean hasMemory(Task task) {
        try {
            return task.mm().isPresent() && !task.comm().isEmpty();
        } catch (MemoryFault lost) {
            return false;
        }
    }

    /// `mm_struct.pgd` is an address of the direct map.
    private static long rootTable(Kernel kernel, KernelObject mm) throws IOException {
        long pgd = mm.member("pgd").unsigned();
        if (kernel.space().translate(pgd, Long.BYTES) instanceof Mapping.Mapped mapped) {
            return mapped.to();
        }
        throw new CommandFailure("makedumpfile: the page tables of a task to keep are not mapped: mm_struct at 0x"
                + Long.toHexString(mm.address()));
    }
}
