package io.inquest.crash.command.system;

import io.inquest.crash.command.Command;
import io.inquest.crash.command.Declaration;
import io.inquest.crash.command.Invocation;
import io.inquest.crash.result.Result;
import java.io.IOException;

/// What a session begins with: the system, then the task that one looks at first. Not in the list of commands; `sys`
/// and
/// `set` give its two halves.
public final class BannerCommand implements Command {

    private static final Declaration DECLARATION = Declaration.of("banner", "the system and the current task");

    @Override
    public Declaration declaration() {
        return DECLARATION;
    }

    @Override
    public Result run(Invocation invocation) throws IOException {
        return Result.nothing();
    }
}
