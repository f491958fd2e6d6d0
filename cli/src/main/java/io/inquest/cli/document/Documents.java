package io.inquest.cli.document;

import io.inquest.cli.InquestCommand;
import io.inquest.cli.ProgramVersion;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.AutoComplete;
import picocli.CommandLine;

/// Writes everything the program says of itself into a folder: `scripts/make-runtime` calls this.
///
/// | File                         | Is                                     |
/// |------------------------------|----------------------------------------|
/// | `help.txt`, `version.txt`    | what the launcher prints for `--help` and `--version` |
/// | `completion/inquest`         | bash completion                        |
/// | `man/man1/inquest-….1`       | a manual page for each command         |
public final class Documents {

    private Documents() {}

    public static void main(String[] args) throws IOException {
        PrintWriter nowhere = new PrintWriter(Writer.nullWriter());
        write(InquestCommand.commandLine(nowhere, nowhere), Path.of(args[0]));
    }

    static void write(CommandLine root, Path folder) throws IOException {
        Path manual = Files.createDirectories(folder.resolve("man/man1"));
        Path completion = Files.createDirectories(folder.resolve("completion"));
        Files.writeString(folder.resolve("help.txt"), HelpText.of(root));
        Files.writeString(folder.resolve("version.txt"), ProgramVersion.text() + "\n");
        Files.writeString(completion.resolve("inquest"), AutoComplete.bash("inquest", root));
        writeManual(root, manual);
    }

    private static void writeManual(CommandLine command, Path folder) throws IOException {
        Path page = folder.resolve(ManualPage.title(command) + ".1");
        Files.writeString(page, ManualPage.of(command, ProgramVersion.text()));
        for (CommandLine sub : command.getSubcommands().values()) {
            writeManual(sub, folder);
        }
    }
}
