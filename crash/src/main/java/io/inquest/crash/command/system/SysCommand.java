package io.inquest.crash.command.system;

import io.inquest.crash.UsageException;
import io.inquest.crash.command.Command;
import io.inquest.crash.command.Declaration;
import io.inquest.crash.command.Invocation;
import io.inquest.crash.command.Option;
import io.inquest.crash.result.Result;
import io.inquest.kernel.system.SystemFacts;
import java.io.IOException;

/// `sys`: what system this was, and what is known of it from where.
public final class SysCommand implements Command {

    private static final Option CALLS = Option.flag("c", "the table of system calls; with a name or number only these");
    private static final Option TAINTS = Option.flag("t", "what taints the kernel");
    private static final Option IDENTITY = Option.flag("i", "what the firmware says of the machine (DMI)");
    private static final Option SOURCES = Option.flag("-sources", "where symbols, types and stack layouts came from");

    private static final Declaration DECLARATION = Declaration.of("sys", "the dead system as a whole")
            .options(CALLS, TAINTS, IDENTITY, SOURCES)
            .takes("config | name | number", 0, 1)
            .details("""
                    Without arguments the lines that a session begins with. "sys config" prints the configuration that
                    the kernel was built with, if it was built with a copy of it (CONFIG_IKCONFIG).""")
            .example("sys -t", "who is to be trusted?")
            .example("sys -c read", "where are the system calls with \"read\" in their name?")
            .example("sys config | grep KASAN", "was it built with KASAN?");

    @Override
    public Declaration declaration() {
        return DECLARATION;
    }

    @Override
    public Result run(Invocation invocation) throws IOException {
        String word = invocation.words().isEmpty() ? "" : invocation.words().getFirst();
        if (invocation.has(CALLS)) {
            return SystemCalls.of(invocation.kernel(), word);
        }
        if (word.equals("config")) {
            return Result.text(BuildConfiguration.of(invocation.kernel()));
        }
        if (!word.isEmpty()) {
            throw new UsageException("invalid argument: " + word + "; expected config");
        }
        if (invocation.has(TAINTS)) {
            return taints(invocation.kernel().system());
        }
        if (invocation.has(IDENTITY)) {
            return MachineIdentity.of(invocation.kernel());
        }
        if (invocation.has(SOURCES)) {
            return KnowledgeSources.of(invocation.session());
        }
        SystemSummary summary = SystemSummary.of(invocation.session());
        return Result.one(summary, new SystemLayout(), summary.ending());
    }

    private static Result taints(SystemFacts facts) throws IOException {
        return Result.one(new Taints(facts.taintedMask().orElse(0), facts.taints()), new Taints.TaintsLayout());
    }
}
