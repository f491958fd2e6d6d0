package io.inquest.crash.report.signature;

import static org.assertj.core.api.Assertions.assertThat;

import io.inquest.crash.report.log.EventReader;
import io.inquest.crash.report.log.LogLines;
import io.inquest.crash.report.log.LoggedEvent;
import io.inquest.crash.report.log.Story;
import io.inquest.testkit.Samples;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Logs of kernels that the lab killed, against what `lab/deaths.tsv` says of each way: here the cause is known.
final class StagedDeathTest {

    private static final Path LOGS = Samples.root().resolve("crash/src/test/resources/io/inquest/crash/report/staged");

    static Stream<String> logs() throws IOException {
        try (Stream<Path> files = Files.list(LOGS)) {
            return files
                    .map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".txt"))
                    .sorted()
                    .toList()
                    .stream();
        }
    }

    @ParameterizedTest
    @MethodSource("logs")
    void kindFunctionAndTaskAreThoseThatWereStaged(String file) throws IOException {
        Map<String, String> expected = death(file.substring(file.indexOf('-') + 1, file.indexOf(".txt")));
        String log = Files.readString(LOGS.resolve(file));
        LoggedEvent subject =
                Story.of(EventReader.events(LogLines.of(log))).subject().orElseThrow();
        Signature signature = LogSignature.of(subject);
        assertThat(log).contains(expected.getOrDefault("log", ""));
        assertThat(signature.kind().word()).isEqualTo(expected.getOrDefault("kind", ""));
        String function = signature.frames().isEmpty()
                ? "-"
                : signature.frames().getFirst().name();
        assertThat(function)
                .matches(
                        name -> allows(expected.getOrDefault("function", ""), name),
                        expected.getOrDefault("function", ""));
        if (function.startsWith("inquest_")) {
            assertThat(signature.problemText()).endsWith("@inquest_lab");
        }
        String task = victim(subject).isEmpty() ? "-" : victim(subject);
        assertThat(task)
                .matches(name -> allows(expected.getOrDefault("task", ""), name), expected.getOrDefault("task", ""));
    }

    /// The task that the event's line names, as `name:pid`, or else the one that was running.
    private static String victim(LoggedEvent event) {
        String named = event.held("task");
        return named.contains(":")
                ? named.substring(0, named.lastIndexOf(':'))
                : event.task().comm();
    }

    /// Whether an answer is one of those that are right; `-` is the answer that there is none.
    private static boolean allows(String right, String answer) {
        return List.of(right.split("\\|")).contains(answer);
    }

    private static Map<String, String> death(String way) throws IOException {
        List<List<String>> rows = Files.readAllLines(Samples.root().resolve("lab/deaths.tsv")).stream()
                .filter(line -> !line.startsWith("#"))
                .map(line -> List.of(line.split("\t", -1)))
                .toList();
        List<String> row = rows.stream()
                .filter(cells -> cells.getFirst().equals(way))
                .findFirst()
                .orElseThrow();
        return rows.getFirst().stream()
                .collect(Collectors.toMap(
                        name -> name, name -> row.get(rows.getFirst().indexOf(name))));
    }
}
