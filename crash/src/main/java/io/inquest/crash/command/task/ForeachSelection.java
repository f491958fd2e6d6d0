package io.inquest.crash.command.task;

import io.inquest.crash.UsageException;
import io.inquest.crash.command.TaskSelection;
import io.inquest.dump.MemoryFault;
import io.inquest.kernel.Kernel;
import io.inquest.kernel.task.Task;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/// The tasks that `foreach` goes through: those named, or all; of these, those of the kinds and states given.
public final class ForeachSelection {

    /// Words that select tasks and are no names: kinds and states.
    public static final Set<String> WORDS = Set.of(
            "user", "kernel", "gleader", "active", "RU", "IN", "UN", "ST", "TR", "ZO", "DE", "ID", "PA", "NE", "WA");

    private static final Set<String> STATES = Set.of("RU", "IN", "UN", "ST", "TR", "ZO", "DE", "ID", "PA", "NE", "WA");

    private final Kernel kernel;

    ForeachSelection(Kernel kernel) {
        this.kernel = kernel;
    }

    List<Task> of(List<String> words) throws IOException {
        TaskSelection selection = TaskSelection.from(kernel);
        Set<Task> named = new LinkedHashSet<>();
        Predicate<Task> kinds = task -> true;
        Set<String> states = new LinkedHashSet<>();
        boolean anyNamed = false;
        for (String word : words) {
            switch (word) {
                case "user" -> kinds = kinds.and(task -> !task.isKernelThread());
                case "kernel" -> kinds = kinds.and(Task::isKernelThread);
                case "gleader" -> kinds = kinds.and(Task::isLeader);
                case "active" -> {
                    Set<Long> running = OnCpu.addresses(kernel);
                    kinds = kinds.and(task -> running.contains(task.address()));
                }
                case String state when STATES.contains(state) -> states.add(state);
                default -> {
                    anyNamed = true;
                    List<Task> meant = selection.meantBy(word);
                    if (meant.isEmpty()) {
                        throw new UsageException("invalid task or pid value: " + word);
                    }
                    named.addAll(meant);
                }
            }
        }
        if (!states.isEmpty()) {
            kinds = kinds.and(task -> states.contains(StateName.brief(task.state())));
        }
        List<Task> all =
                anyNamed ? List.copyOf(named) : PsCommand.sorted(kernel.tasks().all());
        Predicate<Task> wanted = kinds;
        return all.stream().filter(task -> test(wanted, task)).toList();
    }

    /// A task that cannot be asked is kept: its answer will say why.
    private static boolean test(Predicate<Task> wanted, Task task) {
        try {
            return wanted.test(task);
        } catch (MemoryFault lost) {
            return true;
        }
    }
}
