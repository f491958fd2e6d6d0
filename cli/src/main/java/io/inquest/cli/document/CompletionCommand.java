package io.inquest.cli.document;

import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// `inquest completion`.
@Command(
        name = "completion",
        header = "Prints a script that lets bash (and zsh) complete inquest's commands and options.",
        description = "Use it now with: source <(inquest completion)")
public final class CompletionCommand implements Runnable {

    @Spec
    private CommandSpec spec;

    public CompletionCommand() {}

    @Override
    public void run() {
        spec.commandLine()
                .getOut()
                .print(AutoComplete.bash("inquest", spec.root().commandLine()));
    }
}
