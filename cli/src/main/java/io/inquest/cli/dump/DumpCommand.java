package io.inquest.cli.dump;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// The group of commands about dump files as files.
@Command(
        name = "dump",
        header = "Describes, checks, saves and converts dump files.",
        subcommands = {InfoCommand.class, VerifyCommand.class, SalvageCommand.class, ConvertCommand.class})
public final class DumpCommand implements Runnable {

    @Spec
    private CommandSpec spec;

    public DumpCommand() {}

    @Override
    public void run() {
        throw new CommandLine.ParameterException(spec.commandLine(), "which command? " + names());
    }

    private String names() {
        return String.join(", ", spec.subcommands().keySet());
    }
}
