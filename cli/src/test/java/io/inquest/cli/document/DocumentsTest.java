package io.inquest.cli.document;

import static org.assertj.core.api.Assertions.assertThat;

import io.inquest.cli.InquestCommand;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

final class DocumentsTest {

    private final PrintWriter nowhere = new PrintWriter(Writer.nullWriter());
    private final CommandLine root = InquestCommand.commandLine(nowhere, nowhere);

    @TempDir
    Path folder;

    @Test
    void helpNamesEveryCommandOnce() {
        List<String> grouped = HelpText.GROUPS.stream()
                .flatMap(group -> group.commands().stream())
                .toList();
        List<String> declared = new ArrayList<>();
        addLeaves(root, "", declared);
        assertThat(grouped).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(declared);
    }

    private static void addLeaves(CommandLine command, String path, List<String> leaves) {
        command.getSubcommands().forEach((name, sub) -> {
            String full = (path + " " + name).strip();
            if (sub.getSubcommands().isEmpty()) {
                leaves.add(full);
            } else {
                addLeaves(sub, full, leaves);
            }
        });
    }

    @Test
    void helpFitsATerminal() {
        assertThat(HelpText.of(root).lines())
                .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(110));
    }

    @Test
    void everyCommandHasAManualPageWithNameAndSynopsis() throws IOException {
        Documents.write(root, folder);
        assertThat(folder.resolve("man/man1/inquest.1")).exists();
        assertThat(folder.resolve("man/man1/inquest-dump-info.1")).exists();
        try (Stream<Path> pages = Files.list(folder.resolve("man/man1"))) {
            for (Path page : pages.toList()) {
                assertThat(Files.readString(page))
                        .as(page.toString())
                        .startsWith(".TH \"INQUEST")
                        .contains(".SH \"NAME\"", ".SH \"SYNOPSIS\"", ".SH \"EXIT STATUS\"");
            }
        }
    }

    @Test
    void completionKnowsTheCommands() throws IOException {
        Documents.write(root, folder);
        assertThat(folder.resolve("completion/inquest")).content().contains("info", "--json", "complete -F");
    }
}
