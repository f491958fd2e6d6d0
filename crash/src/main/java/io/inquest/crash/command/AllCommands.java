package io.inquest.crash.command;

import io.inquest.crash.command.code.DisCommand;
import io.inquest.crash.command.file.FilesCommand;
import io.inquest.crash.command.kmem.KmemCommand;
import io.inquest.crash.command.memory.PteCommand;
import io.inquest.crash.command.memory.PtovCommand;
import io.inquest.crash.command.memory.RdCommand;
import io.inquest.crash.command.memory.VmCommand;
import io.inquest.crash.command.memory.VtopCommand;
import io.inquest.crash.command.number.BtopCommand;
import io.inquest.crash.command.number.EvalCommand;
import io.inquest.crash.command.number.PtobCommand;
import io.inquest.crash.command.program.AliasCommand;
import io.inquest.crash.command.program.HelpCommand;
import io.inquest.crash.command.stack.BtCommand;
import io.inquest.crash.command.stack.MacroCommand;
import io.inquest.crash.command.stack.TrapinfoCommand;
import io.inquest.crash.command.system.LogCommand;
import io.inquest.crash.command.system.ModCommand;
import io.inquest.crash.command.system.SymCommand;
import io.inquest.crash.command.system.SysCommand;
import io.inquest.crash.command.task.ForeachCommand;
import io.inquest.crash.command.task.PsCommand;
import io.inquest.crash.command.task.RunqCommand;
import io.inquest.crash.command.task.SetCommand;
import io.inquest.crash.command.task.TaskCommand;
import io.inquest.crash.command.type.ListCommand;
import io.inquest.crash.command.type.PrintCommand;
import io.inquest.crash.command.type.StructCommand;
import io.inquest.crash.command.type.TreeCommand;
import io.inquest.crash.command.type.WhatisCommand;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The table of contents: every command there is, by theme. A new command is a name and a line here.
///
/// A command is made when it is looked for, so that a run of one command loads one class.
public final class AllCommands {

    private static final String[] NAMES = {
        "log",
        "mod",
        "sym",
        "sys",
        "foreach",
        "ps",
        "runq",
        "set",
        "task",
        "bt",
        "btpid",
        "btt",
        "bttnobp",
        "trapinfo",
        "*",
        "dis",
        "list",
        "p",
        "struct",
        "tree",
        "union",
        "whatis",
        "files",
        "kmem",
        "pte",
        "ptov",
        "rd",
        "vm",
        "vtop",
        "btop",
        "eval",
        "ptob",
        "alias",
        "help",
    };

    private AllCommands() {}

    private static @Nullable Command make(String name) {
        return switch (name) {
            // The kernel as a whole.
            case "log" -> new LogCommand();
            case "mod" -> new ModCommand();
            case "sym" -> new SymCommand();
            case "sys" -> new SysCommand();
            // Tasks.
            case "foreach" -> new ForeachCommand();
            case "ps" -> new PsCommand();
            case "runq" -> new RunqCommand();
            case "set" -> new SetCommand();
            case "task" -> new TaskCommand();
            // Stacks.
            case "bt" -> new BtCommand();
            case "btpid" -> MacroCommand.btpid();
            case "btt" -> MacroCommand.btt();
            case "bttnobp" -> MacroCommand.bttnobp();
            case "trapinfo" -> new TrapinfoCommand();
            // Code.
            case "dis" -> new DisCommand();
            // Types and values.
            case "*" -> StructCommand.any();
            case "list" -> new ListCommand();
            case "p" -> new PrintCommand();
            case "struct" -> StructCommand.struct();
            case "tree" -> new TreeCommand();
            case "union" -> StructCommand.union();
            case "whatis" -> new WhatisCommand();
            // Memory and files.
            case "files" -> new FilesCommand();
            case "kmem" -> new KmemCommand();
            case "pte" -> new PteCommand();
            case "ptov" -> new PtovCommand();
            case "rd" -> new RdCommand();
            case "vm" -> new VmCommand();
            case "vtop" -> new VtopCommand();
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
