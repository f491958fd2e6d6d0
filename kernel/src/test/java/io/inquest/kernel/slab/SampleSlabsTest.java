package io.inquest.kernel.slab;

import static org.assertj.core.api.Assertions.assertThat;

import io.inquest.kernel.Kernel;
import io.inquest.kernel.OpenSamples;
import io.inquest.kernel.object.Walk;
import io.inquest.testkit.Samples;
import java.io.IOException;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Slab caches of real kernels, compared with what `/proc/slabinfo` said before they died.
final class SampleSlabsTest {

    private static final int NAME = 0;
    private static final int OBJECTS = 2;
    private static final int STRIDE = 3;
    private static final int PER_SLAB = 4;
    private static final int PAGES_PER_SLAB = 5;
    private static final int SLABS = 14;

    @ParameterizedTest
    @ValueSource(strings = {"6.1-d31", "6.12-d1", "7.2-d23-flat"})
    void cachesAreThoseOfSlabinfo(String sample) throws IOException {
        SlabCaches caches = SlabCaches.of(OpenSamples.kernel(sample));
        Map<String, SlabCache> byName = new HashMap<>();
        Walk<SlabCache> walk = caches.all();
        walk.forEach(cache -> byName.put(cache.name(), cache));
        assertThat(walk.end().isComplete()).isTrue();
        int similar = 0;
        List<String> lines = Files.readAllLines(Samples.truth(sample).resolve("slabinfo.after"));
        for (String line : lines.subList(2, lines.size())) {
            String[] fields = line.trim().split(" +", -1);
            SlabCache cache = Objects.requireNonNull(byName.get(fields[NAME]), fields[NAME]);
            assertThat(cache.stride()).as(line).isEqualTo(Long.parseLong(fields[STRIDE]));
            assertThat(cache.objectsPerSlab()).as(line).isEqualTo(Long.parseLong(fields[PER_SLAB]));
            assertThat(1 << cache.order()).as(line).isEqualTo(Integer.parseInt(fields[PAGES_PER_SLAB]));
            SlabUsage usage = caches.contents(cache).usage();
            boolean sameObjects = usage.objects() == Long.parseLong(fields[OBJECTS]);
            similar += sameObjects && usage.slabs() == Long.parseLong(fields[SLABS]) ? 1 : 0;
            assertThat(usage.allocated().orElseThrow()).as(line).isBetween(0L, usage.objects());
        }
        // The guest ran on between the two moments; most caches it did not touch.
        assertThat(similar).isGreaterThan(lines.size() * 3 / 4);
    }

    @ParameterizedTest
    @ValueSource(strings = {"6.1-d31", "6.12-d1", "7.2-d23-flat"})
    void everyTaskIsAnObjectInUseOfTaskStruct(String sample) throws IOException {
        Kernel kernel = OpenSamples.kernel(sample);
        SlabCaches caches = SlabCaches.of(kernel);
        int tasks = 0;
        for (var task : kernel.tasks()) {
            if (task.pid() != 0) {
                SlabObject object = caches.objectAt(task.address() + 100).orElseThrow();
                assertThat(object.slab().cache().name()).isEqualTo("task_struct");
                assertThat(object.address()).isEqualTo(task.address());
                assertThat(object.state()).isEqualTo(SlabObject.State.ALLOCATED);
                if (++tasks == 20) {
                    break;
                }
            }
        }
        assertThat(tasks).isEqualTo(20);
    }

    @ParameterizedTest
    @ValueSource(strings = {"6.1-d31", "6.12-d1", "7.2-d23-flat"})
    void memoryOfTheImageIsNoSlabs(String sample) throws IOException {
        Kernel kernel = OpenSamples.kernel(sample);
        long address = kernel.symbols().address("init_task").orElseThrow();
        assertThat(SlabCaches.of(kernel).objectAt(address)).isEmpty();
    }
}
