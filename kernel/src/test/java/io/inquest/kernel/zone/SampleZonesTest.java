package io.inquest.kernel.zone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.inquest.dump.DumpException;
import io.inquest.kernel.Kernel;
import io.inquest.kernel.OpenSamples;
import io.inquest.kernel.ResizedStruct;
import io.inquest.testkit.Samples;
import java.io.IOException;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Zones and counters of real kernels, compared with what their own `/proc` said before they died.
final class SampleZonesTest {

    private static final long PAGE_KIB = 4;

    @ParameterizedTest
    @ValueSource(strings = {"6.1-d31", "6.12-d1", "7.2-d23-flat"})
    void sizesAndWatermarksAreThoseOfZoneinfo(String sample) throws IOException {
        Map<String, Map<String, Long>> truth = zoneinfo(sample);
        int populated = 0;
        for (MemoryNode node : MemoryNodes.of(OpenSamples.kernel(sample))) {
            for (Zone zone : node.zones()) {
                Map<String, Long> facts = known(truth, zone.name());
                assertThat(zone.spannedPages()).isEqualTo(known(facts, "spanned"));
                assertThat(zone.presentPages()).isEqualTo(known(facts, "present"));
                assertThat(zone.managedPages()).isEqualTo(known(facts, "managed"));
                assertThat(zone.watermarks())
                        .containsExactly(known(facts, "min"), known(facts, "low"), known(facts, "high"));
                populated += zone.spannedPages() > 0 ? 1 : 0;
            }
        }
        assertThat(populated).isEqualTo(2);
    }

    private static Map<String, Map<String, Long>> zoneinfo(String sample) throws IOException {
        Map<String, Map<String, Long>> zones = new HashMap<>();
        Map<String, Long> current = new HashMap<>();
        for (String line : Files.readAllLines(Samples.truth(sample).resolve("zoneinfo.after"))) {
            String[] words = line.trim().split(" +", -1);
            if (line.startsWith("Node")) {
                current = new HashMap<>();
                zones.put(words[words.length - 1], current);
            } else if (words.length == 2 && words[1].chars().allMatch(Character::isDigit)) {
                current.putIfAbsent(words[0], Long.parseLong(words[1]));
            }
        }
        return zones;
    }

    @ParameterizedTest
    @ValueSource(strings = {"6.1-d31", "6.12-d1", "7.2-d23-flat"})
    void countersHaveTheNamesOfVmstat(String sample) throws IOException {
        Counters counters = new Counters(OpenSamples.kernel(sample));
        Map<String, Long> all = new HashMap<>(counters.zones());
        all.putAll(counters.nodes());
        all.putAll(counters.numa());
        all.putAll(counters.events());
        Map<String, Long> truth = pairs(sample, "vmstat.after", 1);
        for (String name : new String[] {"nr_free_pages", "nr_file_pages", "numa_hit", "pgfault", "pgalloc_dma32"}) {
            Long value = all.get(name.toUpperCase(Locale.ROOT));
            assertThat(value).as(name).isNotNull();
            long before = known(truth, name);
            assertThat(value).as(name).isBetween(before / 3, before * 3);
        }
    }

    private static Map<String, Long> pairs(String sample, String file, int place) throws IOException {
        Map<String, Long> pairs = new HashMap<>();
        for (String line : Files.readAllLines(Samples.truth(sample).resolve(file))) {
            String[] words = line.trim().split("[: ]+", -1);
            pairs.put(words[0], Long.parseLong(words[place]));
        }
        return pairs;
    }

    @ParameterizedTest
    @ValueSource(strings = {"6.1-d31", "6.12-d1", "7.2-d23-flat"})
    void totalsAreThoseOfMeminfo(String sample) throws IOException {
        MemoryTotals totals = MemoryTotals.of(OpenSamples.kernel(sample));
        Map<String, Long> truth = pairs(sample, "meminfo.after", 1);
        assertThat(totals.total() * PAGE_KIB).isEqualTo(known(truth, "MemTotal"));
        assertThat(totals.huge() * PAGE_KIB).isEqualTo(known(truth, "HugePages_Total") * known(truth, "Hugepagesize"));
        assertThat(totals.commitLimit() * PAGE_KIB).isEqualTo(known(truth, "CommitLimit"));
        assertThat(totals.swap()).isZero();
        assertNear(totals.slab(), known(truth, "Slab"));
        assertNear(totals.committed(), known(truth, "Committed_AS"));
    }

    /// The guest ran on for some seconds.
    private static void assertNear(long pages, long truthKib) {
        assertThat(pages * PAGE_KIB).isBetween(truthKib * 9 / 10, truthKib * 11 / 10);
    }

    @ParameterizedTest
    @ValueSource(strings = {"6.1-d31", "6.12-d1", "7.2-d23-flat"})
    void sectionsAreThoseWithMemory(String sample) throws IOException {
        Kernel kernel = OpenSamples.kernel(sample);
        for (MemorySection section : MemorySections.of(kernel)) {
            assertThat(section.state()).startsWith("PMO");
            assertThat(section.memMap())
                    .isEqualTo(kernel.pageMap().structPage(section.startPfn()).orElseThrow());
        }
        assertThat(MemorySections.of(kernel)).hasSizeBetween(2, 4);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 4097, 0x7fff_ffff, -1})
    void sectionsOfASizeThatNoPageHoldsAreRefusedInWords(int bytes) throws IOException {
        try (Kernel kernel = ResizedStruct.open("6.12-d1", "mem_section", bytes)) {
            assertThatExceptionOfType(DumpException.class)
                    .isThrownBy(() -> MemorySections.of(kernel))
                    .withMessageContaining("struct mem_section")
                    .withMessageContaining("expected 1 to 4096");
        }
    }

    private static <T> T known(Map<String, T> map, String name) {
        return Objects.requireNonNull(map.get(name), name);
    }
}
