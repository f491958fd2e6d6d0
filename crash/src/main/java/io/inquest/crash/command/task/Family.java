package io.inquest.crash.command.task;

import io.inquest.crash.command.TaskHeader;
import io.inquest.crash.command.TaskSelection;
import io.inquest.crash.result.Layout;
import io.inquest.crash.result.Result;
import io.inquest.crash.result.TextWriter;
import io.inquest.dump.MemoryFault;
import io.inquest.kernel.Kernel;
import io.inquest.kernel.task.Task;
import io.inquest.output.JsonWriter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// `ps -p` and `ps -c`: who started a task, and whom it started.
final class Family {

    /// Deeper than any tree of processes; a bound for parents that go round in a circle.
    private static final int MOST_GENERATIONS = 1000;

    private Family() {}

    /// A task's line of parents, the oldest first, itself last.
    private record Line(List<TaskHeader> generations) {}

    /// A task and its children.
    private record Children(TaskHeader parent, List<TaskHeader> children) {}

    static Result parents(List<Task> tasks) {
        return Result.rows("tasks", TaskSelection.rows(tasks, Family::line), new LineLayout());
    }

    private static Line line(Task task) {
        List<TaskHeader> generations = new ArrayList<>();
        Task now = task;
        for (int i = 0; i < MOST_GENERATIONS; i++) {
            generations.addFirst(TaskHeader.of(now));
            Optional<Task> parent = now.parent();
            if (parent.isEmpty() || parent.get().equals(now)) {
                break;
            }
            now = parent.get();
        }
        return new Line(generations);
    }

    static Result children(Kernel kernel, List<Task> tasks) throws IOException {
        List<Task> all = PsCommand.sorted(kernel.tasks().all());
        return Result.rows(
                "tasks",
                TaskSelection.rows(tasks, task -> new Children(TaskHeader.of(task), childrenOf(task, all))),
                new ChildrenLayout());
    }

    private static List<TaskHeader> childrenOf(Task parent, List<Task> all) {
        List<TaskHeader> children = new ArrayList<>();
        for (Task task : all) {
            try {
                if (!task.equals(parent) && task.parent().filter(parent::equals).isPresent()) {
                    children.add(TaskHeader.of(task));
                }
            } catch (MemoryFault lost) {
                // Whose child it is cannot be told.
            }
        }
        return children;
    }

    private static void writeAll(JsonWriter json, String name, List<TaskHeader> tasks) throws IOException {
        json.name(name).beginArray();
        for (TaskHeader task : tasks) {
            json.beginObject();
            task.members(json);
            json.endObject();
        }
        json.endArray();
    }

    private static final class LineLayout implements Layout<Line> {

        @Override
        public void text(Line row, TextWriter out) throws IOException {
            int depth = 0;
            for (TaskHeader task : row.generations()) {
                out.blanks(depth++);
                task.text(out);
                out.newLine();
            }
            out.newLine();
        }

        @Override
        public void members(Line row, JsonWriter json) throws IOException {
            writeAll(json, "generations", row.generations());
        }
    }

    private static final class ChildrenLayout implements Layout<Children> {

        @Override
        public void text(Children row, TextWriter out) throws IOException {
            row.parent().text(out);
            out.newLine();
            for (TaskHeader child : row.children()) {
                out.blanks(2);
                child.text(out);
                out.newLine();
            }
            if (row.children().isEmpty()) {
                out.line("  (no children)");
            }
            out.newLine();
        }

        @Override
        public void members(Children row, JsonWriter json) throws IOException {
            row.parent().members(json);
            writeAll(json, "children", row.children());
        }
    }
}
