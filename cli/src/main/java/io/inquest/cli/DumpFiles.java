package io.inquest.cli;

import io.inquest.dump.Dump;
import io.inquest.dump.Dumps;
import io.inquest.dump.Warnings;
import io.inquest.output.SafeText;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

/// Opens the dumps that a command line names.
public final class DumpFiles {

    private DumpFiles() {}

    /// One dump: one file, or the parts of a split set in any order.
    public static Dump open(List<Path> files, CommandSpec command) throws IOException {
        return Dumps.open(files, warnings(command));
    }

    /// Tells warnings to the user as they come.
    public static Warnings warnings(CommandSpec command) {
        PrintWriter err = command.commandLine().getErr();
        return sentence -> {
            err.println("inquest: " + SafeText.line(sentence));
            err.flush();
        };
    }
}
