package io.inquest.kernel.object;

import static org.assertj.core.api.Assertions.assertThat;

import io.inquest.kernel.Kernel;
import io.inquest.kernel.type.StructType;
import io.inquest.kernel.type.Types;
import io.inquest.testkit.Samples;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Walks through the structures of real kernels, judged by what the live kernel had said or by their own keys.
final class SampleWalksTest {

    @ParameterizedTest
    @ValueSource(strings = {"6.1-d31", "6.12-d1", "7.2-d23-flat"})
    void chainOfFileSystemsIsThatOfTheLiveKernel(String sample) throws IOException {
        List<String> live = Files.readAllLines(Samples.truth(sample).resolve("filesystems")).stream()
                .map(line -> line.substring(line.indexOf('\t') + 1))
                .toList();
        try (Kernel kernel = Kernel.open(Samples.unpack(sample))) {
            StructType type = kernel.types().struct("file_system_type");
            KernelObject head = kernel.object("file_systems");

            Walk<KernelObject> walk = type.member("next").isPresent()
                    ? Chain.through(head, type, "next")
                    : Chain.entries(head, type, "list");

            assertThat(walk.map(each -> each.member("name").string()).toList()).isEqualTo(live);
            assertThat(walk.end()).isEqualTo(new WalkEnd.Complete());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"6.1-d31", "6.12-d1"})
    void everyProcessIdOfTheIdrIsThatOfItsTask(String sample) throws IOException {
        try (Kernel kernel = Kernel.open(Samples.unpack(sample))) {
            Types types = kernel.types();
            StructType task = types.struct("task_struct");
            KernelObject idr = kernel.object("init_pid_ns").member("idr");
            List<Long> numbers = new ArrayList<>();

            Walk<XArray.Entry> walk = Idr.entries(idr, types);
            for (XArray.Entry entry : walk) {
                KernelObject pid = kernel.object("struct pid", entry.word());
                assertThat(pid.member("numbers").element(0).member("nr").signed())
                        .isEqualTo(entry.index());
                for (KernelObject each : Chain.entries(pid.member("tasks").element(0), task, "pid_links")) {
                    assertThat(each.member("pid").signed()).isEqualTo(entry.index());
                    numbers.add(entry.index());
                }
            }

            assertThat(walk.end()).isEqualTo(new WalkEnd.Complete());
            assertThat(numbers).hasSizeGreaterThan(60).isSorted().doesNotHaveDuplicates();
            assertThat(XArray.at(idr.member("idr_rt"), types, 1)).isPresent();
            assertThat(XArray.at(idr.member("idr_rt"), types, 999_999)).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"6.1-d31", "6.12-d1", "7.2-d23-flat"})
    void mapleTreeHasAsManyAreasAsItsProcessCounts(String sample) throws IOException {
        try (Kernel kernel = Kernel.open(Samples.unpack(sample))) {
            Types types = kernel.types();
            StructType task = types.struct("task_struct");
            KernelObject head = kernel.object("init_task").member("tasks");
            int compared = 0;
            for (KernelObject each : KernelList.entries(head, task, "tasks")) {
                KernelObject mm = each.member("mm").dereference();
                if (mm.address() != 0) {
                    Walk<MapleTree.Entry> areas = MapleTree.entries(mm.member("mm_mt"), types);
                    List<MapleTree.Entry> all = areas.toList();
                    assertThat(areas.end()).isEqualTo(new WalkEnd.Complete());
                    assertThat(all).hasSize(mm.member("map_count").intValue());
                    for (MapleTree.Entry area : all) {
                        KernelObject vma = kernel.object("struct vm_area_struct", area.word());
                        assertThat(vma.member("vm_start").unsigned()).isEqualTo(area.first());
                        assertThat(vma.member("vm_end").unsigned()).isEqualTo(area.last() + 1);
                    }
                    compared++;
                }
            }
            assertThat(compared).isPositive();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"6.1-d31", "6.12-d1"})
    void redBlackTreeGivesItsEntriesInOrder(String sample) throws IOException {
        try (Kernel kernel = Kernel.open(Samples.unpack(sample))) {
            StructType timer = kernel.types().struct("timerqueue_node");
            KernelObject base = kernel.perCpu("hrtimer_bases", 0).member("clock_base");
            int seen = 0;
            for (int clock = 0; clock < base.length(); clock++) {
                KernelObject root = base.element(clock).member("active.rb_root");
                Walk<KernelObject> walk = RedBlackTree.entries(root, timer, "node");
                List<Long> expiries =
                        walk.map(each -> each.member("expires").signed()).toList();
                assertThat(expiries).isSorted();
                assertThat(walk.end()).isEqualTo(new WalkEnd.Complete());
                seen += expiries.size();
            }
            assertThat(seen).isPositive();
        }
    }
}
