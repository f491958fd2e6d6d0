package io.inquest.kernel.vm;

import static org.assertj.core.api.Assertions.assertThat;

import io.inquest.kernel.AddressSpace;
import io.inquest.kernel.Kernel;
import io.inquest.kernel.Mapping;
import io.inquest.kernel.OpenSamples;
import io.inquest.kernel.file.FilePath;
import io.inquest.kernel.object.Walk;
import io.inquest.kernel.task.Task;
import io.inquest.testkit.Samples;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The memory of tasks, compared with what `/proc/PID/maps` and `/proc/PID/pagemap` said before the kernel died.
final class SampleMemoryMapsTest {

    @ParameterizedTest
    @ValueSource(strings = {"6.1-d31", "6.12-d1", "7.2-d23-flat"})
    void areasAreThoseOfProcMaps(String sample) throws IOException {
        Kernel kernel = OpenSamples.kernel(sample);
        FilePath paths = new FilePath(kernel.types());
        ResidentPages resident = ResidentPages.of(kernel);
        int compared = 0;
        for (Map.Entry<Integer, List<String>> truth : maps(sample).entrySet()) {
            Task task = kernel.tasks().withPid(truth.getKey()).orElse(null);
            // The shell that wrote the file is gone or runs something else.
            if (task == null || task.mm().isEmpty() || truth.getValue().isEmpty()) {
                continue;
            }
            MemoryMap map = new MemoryMap(kernel, task.mm().get());
            List<String> found = new ArrayList<>();
            Walk<MemoryArea> areas = map.areas();
            areas.forEach(area -> found.add(line(area, paths)));
            assertThat(areas.end().isComplete()).isTrue();
            assertThat(found).as("pid " + truth.getKey()).isEqualTo(truth.getValue());
            assertThat(resident.of(map.struct()).pages()).isBetween(1L, map.totalPages());
            assertThat(resident.of(map.struct()).lost()).isEmpty();
            compared++;
        }
        assertThat(compared).isGreaterThan(15);
    }

    private static String line(MemoryArea area, FilePath paths) {
        String path = area.file()
                .map(file -> paths.of(file.firstOf("f_path", "__f_path")))
                .filter(name -> name.startsWith("/"))
                .orElse("");
        return Long.toHexString(area.start()) + "-" + Long.toHexString(area.end()) + " " + rights(area.flags()) + " "
                + path;
    }

    private static String rights(long flags) {
        return ((flags & 1) != 0 ? "r" : "-")
                + ((flags & 2) != 0 ? "w" : "-")
                + ((flags & 4) != 0 ? "x" : "-")
                + ((flags & 8) != 0 ? "s" : "p");
    }

    private static Map<Integer, List<String>> maps(String sample) throws IOException {
        Map<Integer, List<String>> maps = new HashMap<>();
        List<String> current = new ArrayList<>();
        for (String line : Files.readAllLines(Samples.truth(sample).resolve("procs-maps.txt"))) {
            if (line.startsWith("==> /proc/")) {
                current = new ArrayList<>();
                maps.put(Integer.parseInt(line.substring(10, line.indexOf('/', 10))), current);
            } else if (!line.isBlank()) {
                current.add(normalised(line));
            }
        }
        return maps;
    }

    /// `00400000-00401000 r--p 00000000 00:02 10  /busybox` without leading zeros, device and inode.
    private static String normalised(String line) {
        String[] words = line.split(" +", 6);
        String[] range = words[0].split("-", 2);
        // Files without a name in any directory, such as those of shared memory, have none here either.
        boolean named = words.length > 5 && words[5].startsWith("/") && !words[5].contains("(deleted)");
        String path = named ? words[5].strip() : "";
        return hex(range[0]) + "-" + hex(range[1]) + " " + words[1] + " " + path;
    }

    private static String hex(String digits) {
        return Long.toHexString(Long.parseUnsignedLong(digits, 16));
    }

    @ParameterizedTest
    @ValueSource(strings = {"6.1-d31", "6.12-d1", "7.2-d23-flat"})
    void userPagesLieInTheFramesOfPagemap(String sample) throws IOException {
        Kernel kernel = OpenSamples.kernel(sample);
        AddressSpace space = null;
        int right = 0;
        int all = 0;
        for (String line : Files.readAllLines(Samples.truth(sample).resolve("workload.txt"))) {
            String[] words = line.split(" ", -1);
            if (words[0].equals("region") && words[1].equals("anon")) {
                Task task = kernel.tasks().withPid(Integer.parseInt(words[2])).orElseThrow();
                space = new MemoryMap(kernel, task.mm().orElseThrow()).space();
            } else if (words[0].equals("page") && space != null && !words[1].equals("ext4")) {
                long address = Long.decode(words[2]);
                all++;
                right += space.translate(address, 1) instanceof Mapping.Mapped mapped
                                && mapped.to() >>> 12 == Long.parseLong(words[3])
                        ? 1
                        : 0;
            }
        }
        assertThat(all).isGreaterThan(2000);
        assertThat(right).isEqualTo(all);
    }

    @ParameterizedTest
    @ValueSource(strings = {"6.1-d31", "6.12-d1", "7.2-d23-flat"})
    void vmallocAreasHaveTheSizesOfVmallocinfo(String sample) throws IOException {
        VmallocAreas areas = VmallocAreas.of(OpenSamples.kernel(sample));
        assertThat(areas.end().isComplete()).isTrue();
        long stacks = Files.readAllLines(Samples.truth(sample).resolve("vmallocinfo")).stream()
                .filter(line -> line.contains("irq_init_percpu_irqstack"))
                .count();
        assertThat(stacks).isPositive();
        List<Long> starts = areas.areas().stream().map(VmallocArea::start).toList();
        assertThat(starts).isSortedAccordingTo(Long::compareUnsigned);
        assertThat(areas.areas()).hasSizeBetween(50, 1000);
    }
}
