package io.inquest.kernel.type;

import static org.assertj.core.api.Assertions.assertThat;

import io.inquest.kernel.type.btf.Btf;
import io.inquest.kernel.type.btf.MalformedBtf;
import io.inquest.testkit.BtfBuilder;
import java.nio.ByteOrder;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

final class GlobalTypesTest {

    private final BtfBuilder btf = new BtfBuilder(ByteOrder.LITTLE_ENDIAN);
    private OptionalLong room = OptionalLong.empty();
    private OptionalLong word = OptionalLong.empty();

    private GlobalTypes globals() throws MalformedBtf {
        Types types = new Types(List.of(Btf.of("x", btf.build(), ByteOrder.LITTLE_ENDIAN, 8)), 8);
        return new GlobalTypes(types, new GlobalTypes.Evidence() {
            @Override
            public OptionalLong room(String symbol) {
                return room;
            }

            @Override
            public OptionalLong word(String symbol) {
                return word;
            }
        });
    }

    @Test
    void variableHasTheTypeOfItsLine() throws MalformedBtf {
        btf.struct("list_head", 16);

        assertThat(globals().variable("modules").map(KernelType::name)).hasValue("struct list_head");
        assertThat(globals().variable("avenrun").map(KernelType::name)).hasValue("unsigned long [3]");
        assertThat(globals().variable("no_such_variable")).isEmpty();
    }

    @Test
    void typeThatTheKernelDoesNotHaveIsNoAnswer() throws MalformedBtf {
        assertThat(globals().variable("modules")).isEmpty();
    }

    @Test
    void typeThatIsLargerThanTheVariableIsNoAnswer() throws MalformedBtf {
        btf.struct("list_head", 16);
        room = OptionalLong.of(8);
        assertThat(globals().variable("modules")).isEmpty();

        room = OptionalLong.of(16);
        assertThat(globals().variable("modules")).isPresent();
    }

    @Test
    void pointerThatLeadsOutOfTheKernelIsNoAnswer() throws MalformedBtf {
        btf.typedef("note_buf_t", btf.integer("unsigned int", 4, 0));
        word = OptionalLong.of(0x1234_5678);
        assertThat(globals().variable("saved_command_line")).isEmpty();
        assertThat(globals().variable("crash_notes").map(KernelType::name)).hasValue("note_buf_t *");

        word = OptionalLong.of(0xffff_8880_0000_1000L);
        assertThat(globals().variable("saved_command_line").map(KernelType::name))
                .hasValue("char *");
        word = OptionalLong.of(0);
        assertThat(globals().variable("saved_command_line")).isPresent();
    }

    @Test
    void lineCountsWhoseConditionHolds() throws MalformedBtf {
        btf.struct("hlist_head", 8);
        int pointer = btf.pointer(0);
        assertThat(globals().variable("file_systems").map(KernelType::name)).hasValue("struct hlist_head");

        btf.struct("file_system_type", 8, btf.member("next", pointer, 0));
        assertThat(globals().variable("file_systems").map(KernelType::name)).hasValue("struct file_system_type *");
    }

    @Test
    void boundOfAnArrayMayBeAnEnumerator() throws MalformedBtf {
        btf.typedef("atomic_long_t", btf.integer("long", 8, BtfBuilder.SIGNED));
        btf.enumeration("numa_stat_item", false, 0, "NUMA_HIT", "NUMA_MISS", "NR_VM_NUMA_EVENT_ITEMS");

        assertThat(globals().variable("vm_numa_event").map(KernelType::name)).hasValue("atomic_long_t [2]");
    }

    /// Before 5.14 the counters of NUMA had another name (f19298b9516c).
    @Test
    void olderNameOfAVariableIsInTheTable() throws MalformedBtf {
        btf.typedef("atomic_long_t", btf.integer("long", 8, BtfBuilder.SIGNED));
        btf.enumeration("numa_stat_item", false, 0, "NUMA_HIT", "NUMA_MISS", "NR_VM_NUMA_STAT_ITEMS");

        assertThat(globals().variable("vm_numa_stat").map(KernelType::name)).hasValue("atomic_long_t [2]");
    }

    @Test
    void arrayWithoutALengthFillsItsRoom() throws MalformedBtf {
        assertThat(globals().variable("__per_cpu_offset").map(KernelType::name)).hasValue("unsigned long []");

        room = OptionalLong.of(68);
        assertThat(globals().variable("__per_cpu_offset").map(KernelType::name)).hasValue("unsigned long [8]");
    }

    /// pahole 1.18 to 1.21 left per-CPU variables out of BTF; without `runqueues` there are no CPUs and no tasks.
    @Test
    void perCpuVariablesAreInTheTable() throws MalformedBtf {
        btf.struct("rq", 64);
        btf.struct("task_struct", 64);

        assertThat(globals().variable("runqueues").map(KernelType::name)).hasValue("struct rq");
        assertThat(globals().variable("current_task").map(KernelType::name)).hasValue("struct task_struct *");
    }

    @Test
    void memberOfAStructWithoutATagIsAtItsOffset() throws MalformedBtf {
        btf.struct("timekeeper", 200);
        KernelType type = globals().variable("tk_core").orElseThrow();

        assertThat(((StructType) type).require("timekeeper").offset()).isEqualTo(8);
        assertThat(type.bytes()).isEqualTo(208);
    }
}
