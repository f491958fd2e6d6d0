package io.inquest.crash.command.program;

import io.inquest.crash.UsageException;
import io.inquest.crash.command.Command;
import io.inquest.crash.command.Declaration;
import io.inquest.crash.command.Invocation;
import io.inquest.crash.result.Column;
import io.inquest.crash.result.Columns;
import io.inquest.crash.result.Result;
import io.inquest.crash.result.RowSource;
import io.inquest.crash.session.Aliases;
import io.inquest.crash.session.Aliases.Alias;
import java.util.List;

/// `alias`: short names for command lines.
public final class AliasCommand implements Command {

    private static final Declaration DECLARATION = Declaration.of("alias", "short names for command lines")
            .takes("name [command line]", 0, Declaration.ANY_NUMBER)
            .details("""
                    Without arguments all aliases are listed. With a name and a command line an alias is made; with a
                    name and an empty command line it is removed.""")
            .example("alias kt ps -k", "kt lists kernel threads")
            .example("alias kt \"\"", "kt is forgotten");

    @Override
    public Declaration declaration() {
        return DECLARATION;
    }

    @Override
    public Result run(Invocation invocation) {
        Aliases aliases = invocation.session().aliases();
        List<String> words = invocation.words();
        if (words.isEmpty()) {
            return list(aliases.all());
        }
        String name = words.getFirst();
        if (words.size() == 1) {
            return list(List.of(aliases.find(name).orElseThrow(() -> new UsageException("no such alias: " + name))));
        }
        String commandLine = String.join(" ", words.subList(1, words.size()));
        if (!commandLine.isEmpty()) {
            aliases.put(name, commandLine);
        } else if (!aliases.remove(name)) {
            throw new UsageException("no such alias: " + name);
        }
        return Result.nothing();
    }

    private static Result list(Iterable<Alias> aliases) {
        return Result.rows(
                "aliases",
                RowSource.of(aliases),
                Columns.under(
                        "ORIGIN   ALIAS    COMMAND",
                        "  ",
                        List.of(
                                Column.words("origin", "", 7, alias -> alias.builtIn() ? "builtin" : "runtime"),
                                Column.words("name", "", 7, Alias::name),
                                Column.words("commandLine", "", 0, alias -> alias.commandLine() + " "))));
    }
}
