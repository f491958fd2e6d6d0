package io.inquest.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.inquest.testkit.Samples;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Runs the code of docs/tutorial.md as its reader would, and compares what it prints with what the page promises.
final class TutorialIT {

    private static final String SEPARATOR = "--- next block ---";

    @TempDir
    Path scratch;

    /// A block of code and the output that the page shows under it.
    private record Step(String code, String output) {}

    @Test
    void everyBlockOfCodePrintsWhatThePageShows() throws Exception {
        List<Step> steps = steps(Files.readAllLines(Launched.project().resolve("docs/tutorial.md")));
        assertThat(steps).hasSizeGreaterThan(3);

        Path script = Files.writeString(scratch.resolve("tutorial.jsh"), script(steps));
        Launched run = Launched.run(
                scratch,
                Launched.project().resolve("inquest").toString(),
                "jshell",
                Samples.unpack("6.12-d1").toString(),
                script.toString());

        assertThat(run.exitCode()).as(run.err()).isZero();
        String[] printed = run.out().split(SEPARATOR + "\n", -1);
        for (int i = 0; i < steps.size(); i++) {
            assertThat(printed[i].strip())
                    .as(steps.get(i).code())
                    .isEqualTo(steps.get(i).output());
        }
    }

    private static String script(List<Step> steps) {
        StringBuilder script = new StringBuilder();
        for (Step step : steps) {
            script.append(step.code())
                    .append("System.out.println(\"")
                    .append(SEPARATOR)
                    .append("\")\n");
        }
        return script.append("/exit\n").toString();
    }

    /// The ```java blocks of the page, each with the ```text block that follows it, if one does.
    private static List<Step> steps(List<String> page) throws IOException {
        List<Step> steps = new ArrayList<>();
        for (int at = 0; at < page.size(); at++) {
            String fence = page.get(at);
            if (!fence.equals("```java") && !fence.equals("```text")) {
                continue;
            }
            int end = at + 1 + page.subList(at + 1, page.size()).indexOf("```");
            String block = String.join("\n", page.subList(at + 1, end));
            if (fence.equals("```java")) {
                steps.add(new Step(block + "\n", ""));
            } else {
                steps.add(new Step(steps.removeLast().code(), block));
            }
            at = end;
        }
        return steps;
    }
}
