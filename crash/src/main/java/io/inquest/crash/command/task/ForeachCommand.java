package io.inquest.crash.command.task;

import io.inquest.crash.UsageException;
import io.inquest.crash.command.AllCommands;
import io.inquest.crash.command.Arguments;
import io.inquest.crash.command.Command;
import io.inquest.crash.command.Declaration;
import io.inquest.crash.command.Invocation;
import io.inquest.crash.command.Option;
import io.inquest.crash.command.TaskHeader;
import io.inquest.crash.result.Ending;
import io.inquest.crash.result.Layout;
import io.inquest.crash.result.Result;
import io.inquest.crash.result.TextWriter;
import io.inquest.crash.session.Session;
import io.inquest.dump.MemoryFault;
import io.inquest.kernel.task.Task;
import io.inquest.output.JsonWriter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// `foreach`: a command once for each of several tasks.
public final class ForeachCommand implements Command {

    public static final String NAME = "foreach";

    /// Those that are about a task.
    public static final Set<String> COMMANDS = Set.of("bt", "vm", "task", "files", "set", "ps", "vtop");

    /// Those whose answer begins with the task's own header.
    private static final Set<String> WITH_HEADER = Set.of("bt", "task", "files", "vm");

    private static final Declaration DECLARATION = Declaration.of(NAME, "a command for each of several tasks")
            .takes("selection... command [options]", 1, Declaration.ANY_NUMBER)
            .details("""
                    Selections are those of ps (thread numbers, addresses, names, patterns in quotes), states (RU, IN, UN,
                    ST, TR, ZO, DE, ID, PA, NE, WA), and the words user, kernel, gleader (first threads of processes),
                    active (on a CPU). Without any, all tasks are taken. Commands are bt, files, ps, set, task, vm,
                    vtop.""")
            .example("foreach bt", "all stacks")
            .example("foreach UN bt", "what hangs, and where")
            .example("foreach user vm -p", "where the memory of all processes is");

    @Override
    public Declaration declaration() {
        return DECLARATION;
    }

    /// Options belong to the command that is run, but for the form of the answer.
    @Override
    public Arguments parse(List<String> words) {
        List<String> all = new ArrayList<>(words);
        boolean json = all.removeIf(("-" + Option.JSON.name())::equals);
        all.addFirst("--");
        if (json) {
            all.addFirst("-" + Option.JSON.name());
        }
        return DECLARATION.parse(all);
    }

    @Override
    public Result run(Invocation invocation) throws IOException {
        List<String> words = invocation.arguments().quotedWords();
        int at = 0;
        while (at < words.size() && !COMMANDS.contains(words.get(at))) {
            at++;
        }
        if (at == words.size()) {
            throw new UsageException("no command that is about tasks: expected one of "
                    + String.join(", ", COMMANDS.stream().sorted().toList()));
        }
        String name = words.get(at);
        Command command = AllCommands.find(name).orElseThrow(() -> new UsageException("command not found: " + name));
        Arguments arguments = command.parse(words.subList(at + 1, words.size()));
        List<Task> tasks = new ForeachSelection(invocation.kernel()).of(words.subList(0, at));
        if (command instanceof PsCommand ps) {
            return ps.ofSelected(new Invocation(invocation.session(), arguments), tasks);
        }
        return Result.separated(sink -> {
            Ending ending = Ending.COMPLETE;
            for (Task task : tasks) {
                invocation.session().checkStopped();
                try {
                    asCurrent(invocation.session(), task, () -> sink.take(one(invocation, command, arguments, task)));
                } catch (MemoryFault lost) {
                    ending = ending.and(Ending.lostTask(task, lost));
                }
            }
            return ending;
        });
    }

    /// What is done while a task is the current one.
    @FunctionalInterface
    private interface Work {
        void run() throws IOException;
    }

    /// Commands look at the current task when they are run and, as answers are made when they are shown, also then.
    private static void asCurrent(Session session, Task task, Work work) throws IOException {
        Task before = session.current();
        session.setCurrent(task);
        try {
            work.run();
        } finally {
            session.setCurrent(before);
        }
    }

    private static Result one(Invocation invocation, Command command, Arguments arguments, Task task)
            throws IOException {
        Result answer = command.run(new Invocation(invocation.session(), arguments));
        return WITH_HEADER.contains(command.declaration().name())
                ? answer
                : Result.several(List.of(Result.one(TaskHeader.of(task), new HeaderLayout()), answer));
    }

    private static final class HeaderLayout implements Layout<TaskHeader> {

        @Override
        public void text(TaskHeader row, TextWriter out) throws IOException {
            row.text(out);
            out.newLine();
        }

        @Override
        public void members(TaskHeader row, JsonWriter json) throws IOException {
            row.members(json);
        }
    }
}
