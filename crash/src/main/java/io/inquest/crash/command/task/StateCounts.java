package io.inquest.crash.command.task;

import io.inquest.crash.result.Ending;
import io.inquest.crash.result.Layout;
import io.inquest.crash.result.Result;
import io.inquest.crash.result.TextWriter;
import io.inquest.dump.MemoryFault;
import io.inquest.kernel.task.Task;
import io.inquest.output.JsonWriter;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// `ps -S`: how many tasks are in each state.
final class StateCounts {

    private StateCounts() {}

    static Result of(List<Task> tasks) {
        return Result.rows(
                "states",
                sink -> {
                    Map<String, Integer> counts = new LinkedHashMap<>();
                    Ending ending = Ending.COMPLETE;
                    for (Task task : tasks) {
                        try {
                            counts.merge(StateName.brief(task.state()), 1, Integer::sum);
                        } catch (MemoryFault lost) {
                            ending = ending.and(Ending.lostTask(task, lost));
                        }
                    }
                    for (Map.Entry<String, Integer> count : counts.entrySet()) {
                        sink.take(count);
                    }
                    return ending;
                },
                new CountLayout());
    }

    private static final class CountLayout implements Layout<Map.Entry<String, Integer>> {

        @Override
        public void text(Map.Entry<String, Integer> row, TextWriter out) throws IOException {
            out.text("  ").text(row.getKey()).text(": ").number(row.getValue()).newLine();
        }

        @Override
        public void members(Map.Entry<String, Integer> row, JsonWriter json) throws IOException {
            json.name("state").value(row.getKey()).name("tasks").value(row.getValue());
        }
    }
}
