package io.inquest.crash.command.stack;

import io.inquest.crash.UsageException;
import io.inquest.crash.command.Command;
import io.inquest.crash.command.Declaration;
import io.inquest.crash.command.Invocation;
import io.inquest.crash.command.TaskSelection;
import io.inquest.crash.result.Layout;
import io.inquest.crash.result.Result;
import io.inquest.crash.result.TextWriter;
import io.inquest.crash.session.Expression;
import io.inquest.kernel.Kernel;
import io.inquest.kernel.stack.Frame;
import io.inquest.kernel.symbol.Place;
import io.inquest.kernel.task.Task;
import io.inquest.output.JsonWriter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/// The gdb macros `btt`, `bttnobp` and `btpid` of the kernel's documentation of kdump
/// (`Documentation/admin-guide/kdump/gdbmacros.txt`), as commands with the same answers, each thread under its own
/// name.
///
/// | command     | whose stacks         | how                                                       |
/// |-------------|----------------------|-----------------------------------------------------------|
/// | `btt`       | all threads          | as `bt`: by the kernel's unwind tables or frame pointers  |
/// | `bttnobp`   | all threads          | every address of code on the stack in use                 |
/// | `btpid PID` | one process, by `bt` | as `btt`                                                  |
public final class MacroCommand implements Command {

    private final Declaration declaration;

    private MacroCommand(Declaration declaration) {
        this.declaration = declaration;
    }

    public static MacroCommand btt() {
        return new MacroCommand(Declaration.of("btt", "stacks of all threads, as the kdump gdb macro shows them"));
    }

    public static MacroCommand bttnobp() {
        return new MacroCommand(
                Declaration.of("bttnobp", "code addresses on the stacks of all threads, as the kdump gdb macro"));
    }

    public static MacroCommand btpid() {
        return new MacroCommand(Declaration.of("btpid", "stacks of a process, as the kdump gdb macro shows them")
                .takes("pid", 1, 1));
    }

    /// A thread and the places on its stack.
    private record Block(int pid, String comm, List<Place> places) {}

    @Override
    public Declaration declaration() {
        return declaration;
    }

    @Override
    public Result run(Invocation invocation) throws IOException {
        Kernel kernel = invocation.kernel();
        boolean scan = declaration.name().equals("bttnobp");
        List<Task> tasks = declaration.name().equals("btpid")
                ? ofProcess(kernel, invocation.words().getFirst())
                : kernel.tasks().all().stream().filter(task -> !task.isIdle()).toList();
        return Result.rows("threads", TaskSelection.rows(tasks, task -> block(kernel, task, scan)), new BlockLayout());
    }

    private static List<Task> ofProcess(Kernel kernel, String word) throws IOException {
        OptionalLong pid = Expression.number(word, 10);
        List<Task> tasks = new ArrayList<>();
        for (Task task : kernel.tasks()) {
            if (pid.isPresent()
                    && !task.isIdle()
                    && (task.pid() == pid.getAsLong() || task.tgid() == pid.getAsLong())) {
                tasks.add(task);
            }
        }
        if (tasks.isEmpty()) {
            throw new UsageException("no task with pid " + word);
        }
        return tasks;
    }

    private static Block block(Kernel kernel, Task task, boolean scan) throws IOException {
        var header = io.inquest.crash.command.TaskHeader.of(task);
        TaskStack stack = new TaskStack(header, task, kernel.stacks().of(task));
        List<Place> places = scan
                ? StackSymbols.ofUsed(kernel, stack).words().stream()
                        .map(StackSymbols.Word::place)
                        .toList()
                : stack.trace().frames().stream()
                        .map(Frame::place)
                        .flatMap(java.util.Optional::stream)
                        .toList();
        return new Block(header.pid(), header.comm(), places);
    }

    private static final class BlockLayout implements Layout<Block> {

        private static final String LINE = "===================";

        @Override
        public void text(Block row, TextWriter out) throws IOException {
            out.newLine();
            out.text("pid ").number(row.pid()).text("; comm ").text(row.comm()).line(":");
            out.line(LINE);
            for (Place place : row.places()) {
                out.text(place.symbol().name());
                out.text(place.offset() == 0 ? "" : " + " + place.offset()).text(" in section .text");
                out.line(
                        place.symbol().module().isEmpty()
                                ? ""
                                : " of " + place.symbol().module());
            }
        }

        @Override
        public void members(Block row, JsonWriter json) throws IOException {
            json.name("pid")
                    .value(row.pid())
                    .name("comm")
                    .value(row.comm())
                    .name("places")
                    .beginArray();
            for (Place place : row.places()) {
                json.beginObject().name("address").hex(place.address());
                json.name("function").value(place.symbol().name());
                json.name("offset")
                        .value(place.offset())
                        .name("module")
                        .value(place.symbol().module());
                json.endObject();
            }
            json.endArray();
        }
    }
}
