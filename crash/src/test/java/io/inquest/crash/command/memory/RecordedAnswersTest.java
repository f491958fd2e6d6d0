package io.inquest.crash.command.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.inquest.crash.Asked;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Answers of the memory commands beside those that crash 9.0.2 gave to the same dumps with a debug vmlinux,
/// field by field.
final class RecordedAnswersTest {

    @ParameterizedTest
    @CsvSource({
        "6.1-d31, kmem -s, kmem-s.txt",
        "6.1-d31, kmem -v, kmem-v.txt",
        "6.1-d31, kmem -z, kmem-z.txt",
        "6.1-d31, vm, vm.txt",
        "6.1-d31, files, files.txt",
        "6.1-d31, p jiffies, p-jiffies.txt",
        "6.12-d1, kmem -s, kmem-s.txt",
        "6.12-d1, kmem -v, kmem-v.txt",
        "6.12-d1, kmem -z, kmem-z.txt",
        "6.12-d1, vm, vm.txt",
        "6.12-d1, files, files.txt",
        "6.12-d1, p jiffies, p-jiffies.txt",
    })
    void answersAreThoseOfCrash(String sample, String commandLine, String recorded) throws IOException {
        String ours = Asked.of(sample, commandLine).out();
        assertThat(fields(ours)).isEqualTo(fields(Asked.crash(sample, recorded)));
    }

    /// The words of each line that has any.
    private static List<List<String>> fields(String text) {
        List<List<String>> lines = new ArrayList<>();
        for (String line : text.lines().toList()) {
            if (!line.isBlank()) {
                lines.add(List.of(line.strip().split(" +", -1)));
            }
        }
        return lines;
    }

    /// Crash leaves out what the CPUs have promised and not added to the sum yet.
    @ParameterizedTest
    @ValueSource(strings = {"6.1-d31", "6.12-d1"})
    void totalsAreThoseOfCrashButForCommittedMemory(String sample) throws IOException {
        List<List<String>> ours = fields(Asked.of(sample, "kmem -i").out());
        List<List<String>> theirs = fields(Asked.crash(sample, "kmem-i.txt"));
        assertThat(ours.getLast().getFirst()).isEqualTo("COMMITTED");
        assertThat(ours.subList(0, ours.size() - 1)).isEqualTo(theirs.subList(0, theirs.size() - 1));
        assertThat(Long.parseLong(ours.getLast().get(1)))
                .isGreaterThan(Long.parseLong(theirs.getLast().get(1)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"6.1-d31", "6.12-d1"})
    void openFilesOfEveryTaskAreThoseOfCrash(String sample) throws IOException {
        Map<String, List<List<String>>> tasks = byTask(Asked.crash(sample, "foreach-files.txt"));
        assertThat(tasks).hasSizeGreaterThan(50);
        for (Map.Entry<String, List<List<String>>> task : tasks.entrySet()) {
            assertThat(fields(Asked.of(sample, "files " + task.getKey()).out())).isEqualTo(task.getValue());
        }
    }

    private static Map<String, List<List<String>>> byTask(String text) {
        Map<String, List<List<String>>> tasks = new LinkedHashMap<>();
        List<List<String>> current = new ArrayList<>();
        for (List<String> line : fields(text)) {
            if (line.getFirst().equals("PID:")) {
                current = new ArrayList<>();
                tasks.put(line.get(3), current);
            }
            current.add(line);
        }
        return tasks;
    }

    @ParameterizedTest
    @ValueSource(strings = {"6.1-d31", "6.12-d1", "7.2-d23-flat"})
    void freeBlocksAreAsManyAsTheKernelCounted(String sample) {
        List<List<String>> lines = fields(Asked.of(sample, "kmem -f").out());
        List<String> sum = lines.getLast();
        assertThat(sum.getFirst()).isEqualTo("nr_free_pages:");
        long counted = Long.parseLong(sum.get(1));
        long found = lines.stream()
                .filter(words -> words.size() == 5 && words.get(1).endsWith("k"))
                .mapToLong(words -> Long.parseLong(words.get(4)))
                .sum();
        // The kernel's sum lacks what its CPUs have not added yet.
        assertThat(found).isBetween(counted - 128, counted + 128).isGreaterThan(10_000);
    }
}
