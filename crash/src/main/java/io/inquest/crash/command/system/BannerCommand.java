package io.inquest.crash.command.system;

import io.inquest.crash.command.Command;
import io.inquest.crash.command.Declaration;
import io.inquest.crash.command.Invocation;
import io.inquest.crash.command.task.ContextLayout;
import io.inquest.crash.command.task.TaskContext;
import io.inquest.crash.result.Result;
import io.inquest.crash.session.Session;
import java.io.IOException;
import java.util.List;

/// What a session begins with: the system, then the task that one looks at first. Not in the list of commands; `sys`
/// and
/// `set` give its two halves.
public final class BannerCommand implements Command {

    private static final int LABEL_WIDTH = 12;
    private static final Declaration DECLARATION = Declaration.of("banner", "the system and the current task");

    @Override
    public Declaration declaration() {
        return DECLARATION;
    }

    @Override
    public Result run(Invocation invocation) throws IOException {
        Session session = invocation.session();
        SystemSummary summary = SystemSummary.of(session);
        return Result.several(List.of(
                Result.one(summary, new SystemLayout(), summary.ending()),
                Result.one(TaskContext.of(session, session.current()), new ContextLayout(LABEL_WIDTH)),
                Result.text(session.panicTask().isPresent() ? "\n" : "     WARNING: panic task not found\n\n")));
    }
}
