package io.inquest.cli;

import picocli.CommandLine;

/// Entry of the inquest command.
public final class Main {

    private Main() {}

    public static void main(String[] args) {
        System.exit(run(args));
    }

    static int run(String... args) {
        return new CommandLine(new InquestCommand()).execute(args);
    }
}
