package io.inquest.crash.command.program;

import io.inquest.crash.UsageException;
import io.inquest.crash.command.AllCommands;
import io.inquest.crash.command.Command;
import io.inquest.crash.command.Declaration;
import io.inquest.crash.command.Invocation;
import io.inquest.crash.result.Column;
import io.inquest.crash.result.Columns;
import io.inquest.crash.result.Result;
import io.inquest.crash.result.RowSource;
import io.inquest.crash.session.Aliases.Alias;
import java.util.List;

/// `help`: what commands there are, and what one of them takes; made from their declarations.
public final class HelpCommand implements Command {

    private static final Declaration DECLARATION = Declaration.of(
                    "help", "what commands there are, and what each takes")
            .takes("command", 0, 1)
            .example("help ps", "what ps shows and how it is asked");

    @Override
    public Declaration declaration() {
        return DECLARATION;
    }

    @Override
    public Result run(Invocation invocation) {
        List<String> words = invocation.words();
        if (words.isEmpty()) {
            return list();
        }
        String name = words.getFirst();
        String meant = invocation
                .session()
                .aliases()
                .find(name)
                .map(Alias::commandLine)
                .map(line -> line.split(" ", -1)[0])
                .orElse(name);
        return AllCommands.find(meant)
                .map(command -> Result.text(page(command.declaration())))
                .orElseThrow(() -> new UsageException("command not found: " + name));
    }

    private static Result list() {
        List<Declaration> all = AllCommands.names().stream()
                .flatMap(name -> AllCommands.find(name).stream())
                .map(Command::declaration)
                .toList();
        return Result.rows(
                "commands",
                RowSource.of(all),
                Columns.under(
                        "",
                        "  ",
                        List.of(
                                Column.words("name", "", 10, Declaration::name),
                                Column.words("summary", "", 0, Declaration::summary))));
    }

    private static String page(Declaration declaration) {
        HelpPage page = new HelpPage();
        page.heading("NAME").line(declaration.name() + " - " + declaration.summary());
        page.heading("SYNOPSIS").line(declaration.synopsis());
        page.heading("OPTIONS").options(declaration.options());
        if (!declaration.details().isEmpty()) {
            page.heading("DESCRIPTION").paragraphs(declaration.details());
        }
        if (!declaration.examples().isEmpty()) {
            page.heading("EXAMPLES");
            declaration
                    .examples()
                    .forEach(example -> page.line(example.commandLine()).line("    " + example.purpose()));
        }
        return page.text();
    }
}
