package io.inquest.crash.command.task;

import io.inquest.crash.UsageException;
import io.inquest.crash.command.Command;
import io.inquest.crash.command.CpuList;
import io.inquest.crash.command.Declaration;
import io.inquest.crash.command.Invocation;
import io.inquest.crash.command.Option;
import io.inquest.crash.command.TaskSelection;
import io.inquest.crash.result.Result;
import io.inquest.crash.session.Session;
import io.inquest.kernel.task.Task;
import java.io.IOException;
import java.util.List;

/// `set`: the current task, and the session's variables.
public final class SetCommand implements Command {

    private static final Option VARIABLES = Option.flag("v", "the session's variables");
    private static final Option PANIC = Option.flag("p", "back to the task that died");
    private static final Option CPU = Option.value("c", "cpu", "the task on that CPU");

    private static final Declaration DECLARATION = Declaration.of("set", "the current task, and variables")
            .options(VARIABLES, PANIC, CPU)
            .takes("pid | task | variable [value]", 0, 2)
            .details("""
                    Many commands are about the current task unless they are given another. Variables:
                      radix 10|16     how numbers of C types are written
                      scroll on|off   whether long answers on a terminal go through a pager
                      silent on|off   whether a session begins with a banner""")
            .example("set 1234", "look at this task from now on")
            .example("set radix 16", "numbers in hexadecimal");

    @Override
    public Declaration declaration() {
        return DECLARATION;
    }

    @Override
    public Result run(Invocation invocation) throws IOException {
        Session session = invocation.session();
        List<String> words = invocation.words();
        if (invocation.has(VARIABLES)) {
            return Variables.list(session);
        }
        if (!words.isEmpty() && Variables.isVariable(words.getFirst())) {
            return Variables.set(session.settings(), words);
        }
        if (words.size() > 1) {
            throw new UsageException("invalid argument: " + words.get(1));
        }
        choose(invocation, session);
        return Result.one(TaskContext.of(session, session.current()), new ContextLayout(7));
    }

    private static void choose(Invocation invocation, Session session) throws IOException {
        if (invocation.has(PANIC)) {
            session.setCurrent(
                    session.panicTask().orElseThrow(() -> new UsageException("it is not known which task died")));
        } else if (invocation.has(CPU)) {
            int cpu = CpuList.parse(invocation.value(CPU).orElse(""), session.kernel())
                    .getFirst();
            session.setCurrent(session.kernel().cpus().find(cpu).orElseThrow().current());
        } else if (!invocation.words().isEmpty()) {
            List<Task> meant = TaskSelection.from(session.kernel())
                    .meantBy(invocation.arguments().quotedWords());
            session.setCurrent(meant.getFirst());
        }
    }
}
