package io.inquest.crash.command.task;

import io.inquest.crash.command.Command;
import io.inquest.crash.command.Declaration;
import io.inquest.crash.command.Invocation;
import io.inquest.crash.command.Option;
import io.inquest.crash.command.TaskHeader;
import io.inquest.crash.command.TaskSelection;
import io.inquest.crash.result.Layout;
import io.inquest.crash.result.Result;
import io.inquest.crash.result.TextWriter;
import io.inquest.crash.value.ValueJson;
import io.inquest.crash.value.ValueText;
import io.inquest.kernel.object.KernelObject;
import io.inquest.kernel.task.Task;
import io.inquest.output.JsonWriter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// `task`: everything the kernel knew of a task.
public final class TaskCommand implements Command {

    private static final Option MEMBERS = Option.value("R", "member[,member]", "only these members");
    private static final Option HEXADECIMAL = Option.flag("x", "numbers in hexadecimal");
    private static final Option DECIMAL = Option.flag("d", "numbers in decimal");

    private static final Declaration DECLARATION = Declaration.of("task", "struct task_struct of a task")
            .options(MEMBERS, HEXADECIMAL, DECIMAL)
            .takes("pid | task | command", 0, Declaration.ANY_NUMBER)
            .details("""
                    Members are those of struct task_struct, of structs in it with a dot between (se.vruntime).""")
            .example("task -R pid,comm,se.vruntime 1", "only these");

    /// A task and the parts of it that are shown.
    private record Parts(TaskHeader header, Task task, List<String> members) {}

    @Override
    public Declaration declaration() {
        return DECLARATION;
    }

    @Override
    public Result run(Invocation invocation) throws IOException {
        boolean hexadecimal = invocation.has(HEXADECIMAL)
                || (invocation.session().settings().isHexadecimal() && !invocation.has(DECIMAL));
        List<String> members = members(invocation.value(MEMBERS).orElse(""));
        ValueText text = invocation.values(hexadecimal);
        return Result.rows(
                "tasks",
                TaskSelection.rows(TaskSelection.orCurrent(invocation), task -> parts(task, members)),
                new PartsLayout(text));
    }

    /// Finds out at once when there is no such member.
    private static Parts parts(Task task, List<String> members) {
        members.forEach(task.struct()::member);
        return new Parts(TaskHeader.of(task), task, members);
    }

    private static List<String> members(String list) {
        List<String> members = new ArrayList<>();
        int start = 0;
        while (start < list.length()) {
            int comma = list.indexOf(',', start);
            int end = comma < 0 ? list.length() : comma;
            members.add(list.substring(start, end));
            start = end + 1;
        }
        return members;
    }

    private record PartsLayout(ValueText values) implements Layout<Parts> {

        @Override
        public void text(Parts row, TextWriter out) throws IOException {
            row.header().text(out);
            out.newLine();
            KernelObject struct = row.task().struct();
            for (String member : row.members()) {
                out.text("  ")
                        .text(member)
                        .text(" = ")
                        .lines(values.of(struct.member(member), 1))
                        .line(",");
            }
            if (row.members().isEmpty()) {
                out.text("struct task_struct ").lines(values.of(struct, 0)).newLine();
                if (struct.has("thread_info")) {
                    out.newLine();
                    out.text("struct thread_info ")
                            .lines(values.of(struct.member("thread_info"), 0))
                            .newLine();
                }
            }
            out.newLine();
        }

        @Override
        public void members(Parts row, JsonWriter json) throws IOException {
            row.header().members(json);
            ValueJson written = new ValueJson(json, ValueText.DEFAULT_ELEMENTS);
            json.name("members");
            if (row.members().isEmpty()) {
                written.value(row.task().struct());
                return;
            }
            json.beginObject();
            for (String member : row.members()) {
                json.name(member);
                written.value(row.task().struct().member(member));
            }
            json.endObject();
        }
    }
}
