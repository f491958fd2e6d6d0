package io.inquest.crash.command;

import io.inquest.crash.UsageException;
import io.inquest.crash.result.Ending;
import io.inquest.crash.result.RowSource;
import io.inquest.crash.session.Expression;
import io.inquest.dump.MemoryFault;
import io.inquest.kernel.Kernel;
import io.inquest.kernel.task.Task;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// The tasks that words mean.
///
/// | word        | means                                                     |
/// |-------------|-----------------------------------------------------------|
/// | `123`       | the thread of that number; of 0 the idle tasks            |
/// | `ffff8880…` | the task at that address                                  |
/// | `bash`      | all tasks of that name                                    |
/// | `\123`      | all tasks of that name, though it looks like a number     |
/// | `'^kw.*0$'` | all tasks whose name has that pattern, see [NamePattern]  |
public final class TaskSelection {

    private final List<Task> all;

    private TaskSelection(List<Task> all) {
        this.all = all;
    }

    /// The tasks of a kernel, to be selected from.
    public static TaskSelection from(Kernel kernel) throws IOException {
        return new TaskSelection(kernel.tasks().all());
    }

    /// The tasks that the words of a command mean, in their order; without words the current task.
    public static List<Task> orCurrent(Invocation invocation) throws IOException {
        List<String> words = invocation.arguments().quotedWords();
        return words.isEmpty()
                ? List.of(invocation.session().current())
                : from(invocation.kernel()).meantBy(words);
    }

    /// The tasks that these words mean, or a [UsageException] for one that means none.
    public List<Task> meantBy(List<String> words) {
        List<Task> meant = new ArrayList<>();
        for (String word : words) {
            List<Task> found = meantBy(word);
            if (found.isEmpty()) {
                throw new UsageException("invalid task or pid value: " + word);
            }
            meant.addAll(found);
        }
        return meant;
    }

    /// The tasks that a word means; none if it means no task.
    public List<Task> meantBy(String word) {
        if (Arguments.isQuoted(word)) {
            NamePattern pattern = new NamePattern(word.substring(1, word.length() - 1));
            return all.stream().filter(task -> pattern.isIn(name(task))).toList();
        }
        if (word.startsWith("\\")) {
            return named(word.substring(1));
        }
        List<Task> numbered = numbered(word);
        return numbered.isEmpty() ? named(word) : numbered;
    }

    private List<Task> numbered(String word) {
        OptionalLong pid = Expression.number(word, 10);
        List<Task> found = pid.isEmpty()
                ? List.of()
                : all.stream().filter(task -> pid(task) == pid.getAsLong()).toList();
        OptionalLong address = Expression.number(word, 16);
        return !found.isEmpty() || address.isEmpty()
                ? found
                : at(address.getAsLong()).stream().toList();
    }

    private Optional<Task> at(long address) {
        return all.stream().filter(task -> task.address() == address).findFirst();
    }

    private List<Task> named(String name) {
        return all.stream().filter(task -> name(task).equals(name)).toList();
    }

    /// -1 when it cannot be read, as no task has.
    private static int pid(Task task) {
        try {
            return task.pid();
        } catch (MemoryFault lost) {
            return -1;
        }
    }

    private static String name(Task task) {
        try {
            return task.comm();
        } catch (MemoryFault lost) {
            return "";
        }
    }

    /// Makes one row of a task.
    @FunctionalInterface
    public interface TaskRow<R> {
        R of(Task task) throws IOException;
    }

    /// A row for each task. What cannot be read is left out, and said at the end.
    public static <R> RowSource<R> rows(List<Task> tasks, TaskRow<R> row) {
        return sink -> {
            Ending ending = Ending.COMPLETE;
            for (Task task : tasks) {
                R made;
                try {
                    // A part of the struct may be excluded, and not be asked for.
                    made = row.of(new Task(task.struct().loadedIfReadable()));
                } catch (MemoryFault lost) {
                    ending = ending.and(Ending.lostTask(task, lost));
                    continue;
                }
                sink.take(made);
            }
            return ending;
        };
    }
}
