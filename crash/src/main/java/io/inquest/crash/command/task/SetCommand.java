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
    private static final Option ACTIVE =
            Option.value("a", "pid | task", "this task; which one its CPU ran is not changed by it");
    private static final Option CPU = Option.value("c", "cpu", "the task on that CPU");

    private static final Declaration DECLARATION = Declaration.of("set", "the current task, and variables")
            .options(VARIABLES, PANIC, CPU, ACTIVE)
            .takes("pid | task | variable [value]", 0, Declaration.ANY_NUMBER)
            .details("""
                    Many commands are about the current task unless they are given another. Variables that change
                    something:
                      scroll on|off|less|more|CRASHPAGER   how long answers on a terminal are shown
                      radix 10|16                          how numbers of C types are written
                      print_max NUMBER                     elements of arrays and texts that are shown
                      null-stop on|off                     whether a text in an array ends at its first NUL
                      silent on|off                        whether a session begins with a banner
                      edit emacs|vi                        the keys of the prompt
                    The others of crash are accepted, and say why they change nothing.""")
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
            return Variables.set(invocation);
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
        } else if (invocation.has(ACTIVE)) {
            String word = invocation.value(ACTIVE).orElse("");
            session.setCurrent(
                    TaskSelection.from(session.kernel()).meantBy(List.of(word)).getFirst());
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
