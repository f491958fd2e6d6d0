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
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// `ps -g`: the threads of each process.
record ThreadGroups(TaskHeader leader, List<TaskHeader> threads) {

    static Result of(Kernel kernel, List<Task> tasks) throws IOException {
        Set<Task> leaders = new LinkedHashSet<>();
        for (Task task : tasks) {
            try {
                leaders.add(task.leader().orElse(task));
            } catch (MemoryFault lost) {
                leaders.add(task);
            }
        }
        List<Task> all = PsCommand.sorted(kernel.tasks().all());
        return Result.rows(
                "processes",
                TaskSelection.rows(
                        List.copyOf(leaders),
                        leader -> new ThreadGroups(TaskHeader.of(leader), threadsOf(leader, all))),
                new GroupLayout());
    }

    private static List<TaskHeader> threadsOf(Task leader, List<Task> all) {
        List<TaskHeader> threads = new ArrayList<>();
        for (Task task : all) {
            try {
                if (!task.equals(leader) && !leader.isIdle() && task.tgid() == leader.pid()) {
                    threads.add(TaskHeader.of(task));
                }
            } catch (MemoryFault lost) {
                // Whose thread it is cannot be told.
            }
        }
        return threads;
    }

    private static final class GroupLayout implements Layout<ThreadGroups> {

        @Override
        public void text(ThreadGroups row, TextWriter out) throws IOException {
            row.leader().text(out);
            out.newLine();
            if (row.threads().isEmpty()) {
                out.line("  (no threads)");
            }
            for (TaskHeader thread : row.threads()) {
                out.blanks(2);
                thread.text(out);
                out.newLine();
            }
            out.newLine();
        }

        @Override
        public void members(ThreadGroups row, JsonWriter json) throws IOException {
            row.leader().members(json);
            json.name("threads").beginArray();
            for (TaskHeader thread : row.threads()) {
                json.beginObject();
                thread.members(json);
                json.endObject();
            }
            json.endArray();
        }
    }
}
