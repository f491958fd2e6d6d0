package io.inquest.crash.command.memory;

import io.inquest.crash.command.TaskHeader;
import io.inquest.crash.result.Layout;
import io.inquest.crash.result.TextWriter;
import io.inquest.output.JsonWriter;
import java.io.IOException;

/// The line that names a task above what is told of it.
public final class TaskLine implements Layout<TaskHeader> {

    public static final Layout<TaskHeader> LAYOUT = new TaskLine();

    private TaskLine() {}

    @Override
    public void text(TaskHeader task, TextWriter out) throws IOException {
        task.text(out);
        out.newLine();
    }

    @Override
    public void members(TaskHeader task, JsonWriter json) throws IOException {
        task.members(json);
    }
}
