package io.inquest.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.inquest.crash.session.Session;
import io.inquest.crash.session.Sources;
import io.inquest.testkit.Samples;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Our answers to a session of command lines, each command with its main options, beside those of crash 9.0.2 with a
/// debug vmlinux (`lab/reference --ask`), field by field.
///
/// What is known to differ is not in the recording but in `docs/crash.md` and `docs/differences.md`.
final class AskedCrashTest {

    private static final String PROMPT = "crash> ";

    @ParameterizedTest
    @ValueSource(strings = {"6.1-d31", "6.12-d1"})
    void everyAnswerOfASessionIsThatOfCrash(String sample) throws IOException {
        Sources sources = new Sources(List.of(Samples.unpack(sample).toString()), Optional.empty());
        Session session = new Session(Asked.kernel(sample), sources);
        Map<String, List<List<String>>> others = new LinkedHashMap<>();
        for (Map.Entry<String, List<List<String>>> answer : recorded(sample).entrySet()) {
            Asked asked = Asked.of(session, answer.getKey());
            List<List<String>> ours = fields(asked.out() + asked.err());
            if (!ours.equals(answer.getValue())) {
                others.put(answer.getKey(), ours);
            }
        }
        assertThat(others).isEmpty();
    }

    /// The answers by command line, in the order of the session.
    private static Map<String, List<List<String>>> recorded(String sample) throws IOException {
        Map<String, List<List<String>>> answers = new LinkedHashMap<>();
        String all = Asked.crash(sample, "asked.txt");
        for (String part : all.substring(PROMPT.length()).split("\n" + PROMPT, -1)) {
            int end = part.indexOf('\n');
            answers.put(part.substring(0, end), fields(part.substring(end)));
        }
        return answers;
    }

    /// The words of each line that has any. Numbers of answers (`$3`) count from another start.
    private static List<List<String>> fields(String text) {
        List<List<String>> lines = new ArrayList<>();
        for (String line : text.lines().toList()) {
            if (!line.isBlank()) {
                lines.add(List.of(line.strip().split("\\s+", -1)).stream()
                        .map(word -> word.startsWith("$") ? "$" : word)
                        .toList());
            }
        }
        return lines;
    }
}
