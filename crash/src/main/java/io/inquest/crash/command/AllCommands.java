package io.inquest.crash.command;

import io.inquest.crash.command.number.BtopCommand;
import io.inquest.crash.command.number.EvalCommand;
import io.inquest.crash.command.number.PtobCommand;
import io.inquest.crash.command.program.AliasCommand;
import io.inquest.crash.command.program.HelpCommand;
import io.inquest.crash.command.system.LogCommand;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The table of contents: every command there is, by theme. A new command is a name and a line here.
///
/// A command is made when it is looked for, so that a run of one command loads one class.
public final class AllCommands {

    private static final String[] NAMES = {
        "log", "btop", "eval", "ptob", "alias", "help",
    };

    private AllCommands() {}

    private static @Nullable Command make(String name) {
        return switch (name) {
            // The kernel as a whole.
            case "log" -> new LogCommand();
            // Numbers and addresses.
            case "btop" -> new BtopCommand();
            case "eval" -> new EvalCommand();
            case "ptob" -> new PtobCommand();
            // The program itself.
            case "alias" -> new AliasCommand();
            case "help" -> new HelpCommand();
            default -> null;
        };
    }

    /// The names, sorted.
    public static List<String> names() {
        String[] sorted = NAMES.clone();
        Arrays.sort(sorted);
        return List.of(sorted);
    }

    /// The command of that name.
    public static Optional<Command> find(String name) {
        return Optional.ofNullable(make(name));
    }
}
