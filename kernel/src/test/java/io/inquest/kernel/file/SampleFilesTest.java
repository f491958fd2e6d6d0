package io.inquest.kernel.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.inquest.kernel.Kernel;
import io.inquest.kernel.OpenSamples;
import io.inquest.kernel.object.KernelObject;
import io.inquest.kernel.object.Walk;
import io.inquest.kernel.task.Task;
import io.inquest.testkit.Samples;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Open files of tasks, compared with the links in `/proc/PID/fd` before the kernel died.
final class SampleFilesTest {

    @ParameterizedTest
    @ValueSource(strings = {"6.1-d31", "6.12-d1", "7.2-d23-flat"})
    void pathsAreThoseOfProcFd(String sample) throws IOException {
        Kernel kernel = OpenSamples.kernel(sample);
        FilePath paths = new FilePath(kernel.types());
        int compared = 0;
        for (Map.Entry<Integer, Map<Integer, String>> truth :
                descriptors(sample).entrySet()) {
            Task task = kernel.tasks().withPid(truth.getKey()).orElse(null);
            // The shell, process 1, has opened other files since.
            if (task == null || truth.getKey() == 1) {
                continue;
            }
            KernelObject files = task.struct().member("files").dereference();
            Walk<OpenFile> open = new FileTable(files).open();
            Map<Integer, String> found = new TreeMap<>();
            open.forEach(file -> found.put(file.descriptor(), linkText(file, paths)));
            assertThat(open.end().isComplete()).isTrue();
            assertThat(found).as("pid " + truth.getKey()).isEqualTo(truth.getValue());
            compared++;
        }
        assertThat(compared).isGreaterThan(15);
    }

    /// As the link says it, without the numbers of pipes and sockets.
    private static String linkText(OpenFile file, FilePath paths) {
        String path = paths.of(file.dentry(), file.mount());
        return switch (InodeKind.of(file.inode())) {
            case FIFO -> "pipe";
            case SOCKET -> "socket";
            case UNKNOWN -> "anon_inode:" + path;
            default -> path;
        };
    }

    private static Map<Integer, Map<Integer, String>> descriptors(String sample) throws IOException {
        Map<Integer, Map<Integer, String>> all = new TreeMap<>();
        for (String line : Files.readAllLines(Samples.truth(sample).resolve("procs-fd.txt"))) {
            String[] words = line.split("[/ ]", 6);
            if (words.length == 6 && words[3].equals("fd")) {
                String target = words[5];
                int colon = target.indexOf(':');
                boolean numbered = target.startsWith("pipe:") || target.startsWith("socket:");
                all.computeIfAbsent(Integer.parseInt(words[2]), pid -> new TreeMap<>())
                        .put(Integer.parseInt(words[4]), numbered ? target.substring(0, colon) : target);
            }
        }
        return all;
    }
}
