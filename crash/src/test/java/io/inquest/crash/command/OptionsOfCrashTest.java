package io.inquest.crash.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.inquest.testkit.Samples;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Which options of crash's commands are there, by the declarations: the table in `docs/crash.md`.
final class OptionsOfCrashTest {

    private static final String ACCEPTED = "accepted as in crash";

    /// The options of a command of crash by what became of them here.
    private record Row(String command, List<String> answered, List<String> accepted, List<String> missing) {

        static Row of(String command, List<String> options) {
            Row row = new Row(command, new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
            List<Option> declared =
                    AllCommands.find(command).orElseThrow().declaration().options();
            for (String name : options) {
                row.listOf(name, declared).add("-" + name);
            }
            return row;
        }

        private List<String> listOf(String name, List<Option> declared) {
            return declared.stream()
                    .filter(option -> option.name().equals(name))
                    .findFirst()
                    .map(option -> option.help().startsWith(ACCEPTED) ? accepted : answered)
                    .orElse(missing);
        }

        String line() {
            return "| `" + command + "` | " + cell(answered) + " | " + cell(accepted) + " | " + cell(missing) + " |";
        }

        private static String cell(List<String> options) {
            return options.isEmpty() ? "" : "`" + String.join(" ", options) + "`";
        }
    }

    @Test
    void theTableInTheDocumentationIsTrue() throws IOException {
        List<String> lines = rows().stream().map(Row::line).toList();
        String page = Files.readString(Samples.root().resolve("docs/crash.md"));
        assertThat(page)
                .as("docs/crash.md has these lines:%n%s", String.join("\n", lines))
                .contains(lines);
    }

    private static List<Row> rows() throws IOException {
        try (InputStream file = OptionsOfCrashTest.class.getResourceAsStream("crash-9.0.2-options.tsv")) {
            assertThat(file).isNotNull();
            return new String(file.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> line.split("\t", -1))
                    .filter(fields -> !fields[1].isEmpty())
                    .map(fields -> Row.of(fields[0], List.of(fields[1].split(" ", -1))))
                    .toList();
        }
    }
}
