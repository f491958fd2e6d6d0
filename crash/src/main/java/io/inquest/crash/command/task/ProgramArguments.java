package io.inquest.crash.command.task;

import io.inquest.crash.command.TaskHeader;
import io.inquest.crash.command.TaskSelection;
import io.inquest.crash.result.Layout;
import io.inquest.crash.result.Result;
import io.inquest.crash.result.TextWriter;
import io.inquest.kernel.AddressSpace;
import io.inquest.kernel.Kernel;
import io.inquest.kernel.Mapping;
import io.inquest.kernel.arch.KernelSpace;
import io.inquest.kernel.object.KernelObject;
import io.inquest.kernel.task.Task;
import io.inquest.output.JsonWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// `ps -a`: with which arguments and environment a program was started, from its own stack.
record ProgramArguments(TaskHeader task, List<String> arguments, List<String> environment) {

    /// Longer areas are damage: `ARG_MAX` and the environment seldom reach this.
    private static final int MOST_BYTES = 1 << 20;

    static Result of(Kernel kernel, List<Task> tasks) {
        return Result.rows("tasks", TaskSelection.rows(tasks, task -> of(kernel, task)), new ArgumentsLayout());
    }

    private static ProgramArguments of(Kernel kernel, Task task) throws IOException {
        Optional<KernelObject> mm = task.mm();
        if (mm.isEmpty()) {
            return new ProgramArguments(TaskHeader.of(task), List.of(), List.of());
        }
        KernelSpace space = kernel.pageTables();
        OptionalLong root = physical(space, mm.get().member("pgd").unsigned());
        AddressSpace user = root.isPresent() ? space.userSpace(root.getAsLong()) : space;
        return new ProgramArguments(
                TaskHeader.of(task),
                strings(user, mm.get(), "arg_start", "arg_end"),
                strings(user, mm.get(), "env_start", "env_end"));
    }

    private static OptionalLong physical(KernelSpace space, long address) throws IOException {
        return space.translate(address, 1) instanceof Mapping.Mapped mapped
                ? OptionalLong.of(mapped.to())
                : OptionalLong.empty();
    }

    private static List<String> strings(AddressSpace user, KernelObject mm, String from, String to) throws IOException {
        long start = mm.member(from).unsigned();
        long bytes = mm.member(to).unsigned() - start;
        List<String> strings = new ArrayList<>();
        if (bytes <= 0 || bytes > MOST_BYTES) {
            return strings;
        }
        ByteBuffer text = ByteBuffer.allocate((int) bytes);
        user.read(start, text);
        int begin = 0;
        for (int i = 0; i < bytes; i++) {
            if (text.get(i) == 0) {
                strings.add(new String(text.array(), begin, i - begin, StandardCharsets.UTF_8));
                begin = i + 1;
            }
        }
        return strings;
    }

    private static final class ArgumentsLayout implements Layout<ProgramArguments> {

        @Override
        public void text(ProgramArguments row, TextWriter out) throws IOException {
            row.task().text(out);
            out.newLine();
            if (row.arguments().isEmpty()) {
                out.line("(no user stack)");
            } else {
                out.text("ARG: ").line(String.join(" ", row.arguments()) + " ");
                String label = "ENV: ";
                for (String variable : row.environment()) {
                    out.text(label).line(variable);
                    label = "     ";
                }
            }
            out.newLine();
        }

        @Override
        public void members(ProgramArguments row, JsonWriter json) throws IOException {
            row.task().members(json);
            write(json, "arguments", row.arguments());
            write(json, "environment", row.environment());
        }

        private static void write(JsonWriter json, String name, List<String> strings) throws IOException {
            json.name(name).beginArray();
            for (String string : strings) {
                json.value(string);
            }
            json.endArray();
        }
    }
}
