package io.inquest.cli;

import picocli.CommandLine.Command;

/// The root of all sub-commands.
@Command(
        name = "inquest",
        mixinStandardHelpOptions = true,
        versionProvider = ProgramVersion.class,
        description = "Makes a dead Linux kernel tell how it died.")
final class InquestCommand {}
