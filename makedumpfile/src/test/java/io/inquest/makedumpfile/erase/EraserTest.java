package io.inquest.makedumpfile.erase;

import static org.assertj.core.api.Assertions.assertThat;

import io.inquest.dump.Dump;
import io.inquest.dump.Dumps;
import io.inquest.dump.Warnings;
import io.inquest.kernel.Kernel;
import io.inquest.kernel.object.KernelList;
import io.inquest.kernel.object.KernelObject;
import io.inquest.testkit.Samples;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class EraserTest {

    private final List<String> complaints = new ArrayList<>();

    @Test
    void whatTheRulesNameIsGoneAndNothingElse() throws Exception {
        String rules = """
                erase saved_command_line
                erase init_task.comm
                erase modules.next nullify
                for t in init_task.tasks within task_struct:tasks
                    erase t.comm size 4
                endfor
                """;
        try (Dump dump = open();
                Kernel before = Kernel.open(dump, Warnings.NONE)) {
            Erasures erasures =
                    Eraser.find(EraseConfig.parse(rules, complaints::add), before, complaints::add, complaints::add);
            Kernel after = Kernel.open(new ErasedDump(dump, erasures, ""), Warnings.NONE);

            assertThat(complaints).isEmpty();
            assertThat(after.object("saved_command_line").string()).matches("X{40,}");
            assertThat(before.object("saved_command_line").string()).contains("console=");
            assertThat(after.object("init_task").member("comm").string()).isEqualTo("X".repeat(16));
            assertThat(after.object("modules").member("next").isZero()).isTrue();
            assertThat(after.object("modules").member("prev").unsigned())
                    .isEqualTo(before.object("modules").member("prev").unsigned());
            List<String> names = names(before);
            assertThat(names).hasSizeGreaterThan(50);
            assertThat(names(after))
                    .isEqualTo(names.stream()
                            .map(name -> "XXXX" + (name.length() > 4 ? name.substring(4) : ""))
                            .toList());
            assertThat(erasures.record())
                    .contains(
                            "erase init_task.comm size 16\n", "erase modules.next nullify\n", "erase t.comm size 4\n");
        }
    }

    private static List<String> names(Kernel kernel) throws IOException {
        KernelObject head = kernel.object("init_task").member("tasks");
        return KernelList.entries(head, kernel.types().struct("task_struct"), "tasks")
                .map(task -> task.member("comm").string())
                .toList();
    }

    @Test
    void rulesThatThisKernelCannotFollowAreToldWithTheirLine() throws Exception {
        String rules = """
                erase no_such_symbol
                erase init_task.no_such_member
                erase init_task.comm nullify
                [no_such_module]
                erase jiffies
                """;
        try (Dump dump = open();
                Kernel kernel = Kernel.open(dump, Warnings.NONE)) {
            Erasures erasures =
                    Eraser.find(EraseConfig.parse(rules, complaints::add), kernel, complaints::add, complaints::add);

            assertThat(erasures.isEmpty()).isTrue();
            assertThat(complaints).hasSize(4);
            assertThat(complaints.get(1)).startsWith("Config error at 1: ").contains("no_such_symbol");
            assertThat(complaints.get(2)).startsWith("Config error at 2: ").contains("no_such_member");
            assertThat(complaints.get(3)).startsWith("Config error at 3: ").contains("no pointer");
            assertThat(complaints.get(0)).isEqualTo("Skipping Module section no_such_module");
        }
    }

    private String record(String rules) throws IOException {
        try (Dump dump = open();
                Kernel kernel = Kernel.open(dump, Warnings.NONE)) {
            return Eraser.find(EraseConfig.parse(rules, complaints::add), kernel, complaints::add, complaints::add)
                    .record();
        }
    }

    @Test
    void sizesComeFromTypesTextsAndVariables() throws Exception {
        String record = record("""
                erase log_buf size log_buf_len
                for z in zone_names
                    erase z
                endfor
                for m in modules within module:list
                    erase m.name
                endfor
                """);

        assertThat(complaints).isEmpty();
        assertThat(record).startsWith("""
                        erase log_buf size 131072
                        erase z size 3
                        erase z size 5
                        erase z size 6
                        erase z size 7
                        erase z size 6
                        erase m.name size 56
                        """);
    }

    @Test
    void aChainOfStructsIsFollowedToItsEnd() throws Exception {
        String record = record("""
                for f in file_systems via next
                    erase f.name
                endfor
                """);

        assertThat(complaints).isEmpty();
        assertThat(record).startsWith("erase f.name size 5\n").hasLineCount(25);
    }

    @Test
    void behindANullPointerIsNothingToErase() throws Exception {
        String record = record("""
                for t in init_task.tasks within task_struct:tasks
                    erase t.mm.arg_start size 4
                endfor
                """);

        assertThat(complaints).isEmpty();
        assertThat(record.lines()).hasSizeBetween(5, 40);
    }

    @Test
    void memoryThatTheKernelHasNotIsToldOnceAndStopsNothing() throws Exception {
        String record = record("""
                for t in init_task.tasks within task_struct:tasks
                    erase t.clear_child_tid size 4
                    erase t.comm
                endfor
                """);

        assertThat(complaints).allMatch(each -> each.startsWith("Config error at 2: the kernel has no memory at 0x"));
        assertThat(complaints).isNotEmpty();
        assertThat(record.lines().filter("erase t.comm size 16"::equals)).hasSizeGreaterThan(50);
    }

    @Test
    void aLoopOverWhatIsNoArrayIsTold() throws Exception {
        record("""
                for j in jiffies
                    erase j
                endfor
                """);

        assertThat(complaints).hasSize(1).first().asString().startsWith("Config error at 1: is no array");
    }

    /// `cpu_bitmap` is the flexible array at the end of `struct mm_struct`.
    @Test
    void whatHasNoSizeIsToldAndIsErasedByTheSizeOfTheRule() throws Exception {
        assertThat(record("erase init_mm.cpu_bitmap\n")).isEmpty();
        assertThat(complaints)
                .containsExactly("Config error at 1: init_mm.cpu_bitmap has no size of its own; give one");

        complaints.clear();
        assertThat(record("erase init_mm.cpu_bitmap size 8\n")).isEqualTo("erase init_mm.cpu_bitmap size 8\n");
        assertThat(complaints).isEmpty();
    }

    @Test
    void sizesThatAreNoneAreTold() throws Exception {
        String record = record("""
                erase init_task.comm size 0
                erase init_task.comm size init_task.pid
                erase init_task.comm size init_mm.pgd
                erase init_task.comm size init_task.mm.total_vm
                """);

        assertThat(record).isEmpty();
        assertThat(complaints).hasSize(4);
        assertThat(complaints.get(0)).isEqualTo("Config error at 1: init_task.comm cannot have the size 0");
        assertThat(complaints.get(1))
                .isEqualTo("Config error at 2: the size of init_task.comm, init_task.pid, is 0 in this dump; give it"
                        + " as a number");
        assertThat(complaints.get(2)).startsWith("Config error at 3: ").contains("init_mm.pgd, is 18446");
        assertThat(complaints.get(3))
                .isEqualTo("Config error at 4: the size of init_task.comm, init_task.mm.total_vm, is behind a null"
                        + " pointer");
    }

    /// Whether the symbol is an offset or an address of the image.
    @ParameterizedTest
    @ValueSource(strings = {"6.12-d1", "7.2-d23-flat"})
    void everyCpusCopyOfAPerCpuVariableIsErased(String sample) throws Exception {
        String rules = """
                erase runqueues.clock
                for t in runqueues.cfs_tasks within task_struct:se.group_node
                    erase t.comm
                endfor
                """;
        try (Dump dump = open(sample);
                Kernel before = Kernel.open(dump, Warnings.NONE)) {
            Erasures erasures =
                    Eraser.find(EraseConfig.parse(rules, complaints::add), before, complaints::add, complaints::add);
            Kernel after = Kernel.open(new ErasedDump(dump, erasures, ""), Warnings.NONE);

            assertThat(complaints).isEmpty();
            List<Integer> cpus = before.perCpu().possible().cpus();
            assertThat(cpus).hasSizeGreaterThan(1);
            for (int cpu : cpus) {
                KernelObject clock = before.perCpu("runqueues", cpu).member("clock");
                assertThat(clock.unsigned()).isNotEqualTo(0x5858_5858_5858_5858L);
                assertThat(after.perCpu("runqueues", cpu).member("clock").unsigned())
                        .isEqualTo(0x5858_5858_5858_5858L);
            }
            assertThat(erasures.record().lines().filter("erase runqueues.clock size 8"::equals))
                    .hasSameSizeAs(cpus);
        }
    }

    private static Dump open() throws IOException {
        return open("6.12-d1");
    }

    private static Dump open(String sample) throws IOException {
        return Dumps.open(List.of(Samples.unpack(sample)), Warnings.NONE);
    }
}
