package io.inquest.cli.kdump;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// The group of commands about catching the next crash, and what was caught.
@Command(
        name = "kdump",
        header = "Prepares for the next crash.",
        subcommands = {ConfigCommand.class, ImageCommand.class, ListCommand.class, ExtractCommand.class})
public final class KdumpCommand implements Runnable {

    @Spec
    private CommandSpec spec;

    public KdumpCommand() {}

    @Override
    public void run() {
        throw new CommandLine.ParameterException(spec.commandLine(), "which command? " + names());
    }

    private String names() {
        return String.join(", ", spec.subcommands().keySet());
    }
}
