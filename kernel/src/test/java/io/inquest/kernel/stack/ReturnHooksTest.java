package io.inquest.kernel.stack;

import static org.assertj.core.api.Assertions.assertThat;

import io.inquest.kernel.FlatSpace;
import io.inquest.kernel.object.KernelObject;
import io.inquest.kernel.type.Types;
import io.inquest.kernel.type.btf.Btf;
import io.inquest.kernel.type.btf.MalformedBtf;
import io.inquest.testkit.BtfBuilder;
import io.inquest.testkit.BtfBuilder.Member;
import io.inquest.testkit.SyntheticMemory;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// What tracers keep of a task's calls, in each layout, written by hand.
final class ReturnHooksTest {

    private static final long GRAPH = 0xffff_ffff_8100_1000L;
    private static final long PROBE = 0xffff_ffff_8100_2000L;
    private static final long CALLER = 0xffff_ffff_8100_3123L;
    private static final long OTHER = 0xffff_ffff_8100_4123L;
    private static final long SLOT = 0xffff_c900_0001_0100L;
    private static final long TASK = 0x1000;
    private static final long KEPT = 0x2000;

    private final BtfBuilder btf = new BtfBuilder(ByteOrder.LITTLE_ENDIAN);
    private final SyntheticMemory memory = new SyntheticMemory(ByteOrder.LITTLE_ENDIAN);
    private final int word = btf.integer("unsigned long", 8, 0);
    private final int number = btf.integer("int", 4, BtfBuilder.SIGNED);
    private final int pointer = btf.pointer(0);
    private final int head = btf.struct("llist_head", 8, btf.member("first", pointer, 0));
    private final int node = btf.struct("llist_node", 8, btf.member("next", pointer, 0));
    private final int graphed = btf.struct("ftrace_ret_stack", 24, members("ret", word, "func", word, "retp", pointer));

    private Member[] members(Object... namesAndTypes) {
        Member[] members = new Member[namesAndTypes.length / 2];
        for (int i = 0; i < members.length; i++) {
            members[i] = btf.member((String) namesAndTypes[2 * i], (int) namesAndTypes[2 * i + 1], 64 * i);
        }
        return members;
    }

    private void put(long address, long... words) {
        for (int i = 0; i < words.length; i++) {
            memory.put64(address + 8L * i, words[i]);
        }
    }

    private Types types() {
        try {
            return new Types(List.of(Btf.of("synthetic", btf.build(), ByteOrder.LITTLE_ENDIAN, 8)), 8);
        } catch (MalformedBtf impossible) {
            throw new AssertionError(impossible);
        }
    }

    private OptionalLong replaced(FoundBy hook) {
        return replaced(hook, false);
    }

    private OptionalLong replaced(FoundBy hook, boolean withTable) {
        Types types = types();
        FlatSpace space = new FlatSpace(memory, 8);
        Optional<KernelObject> table = withTable
                ? Optional.of(KernelObject.at(space, types.require("struct hlist_head [64]"), KEPT))
                : Optional.empty();
        ReturnTrampolines trampolines =
                new ReturnTrampolines(Map.of(GRAPH, FoundBy.GRAPH_TRACER, PROBE, FoundBy.RETURN_PROBE));
        return new ReturnHooks(
                        trampolines,
                        types,
                        table,
                        () -> KernelObject.at(space, types.require("struct task_struct"), TASK))
                .replacedAt(SLOT, hook);
    }

    /// A task with a stack of calls of that type, and a list of return probes.
    private void task(int calls, int last) {
        btf.struct(
                "task_struct",
                24,
                members("ret_stack", btf.pointer(calls), "curr_ret_stack", number, "rethooks", head));
        btf.struct("rethook_node", 24, members("llist", node, "ret_addr", word, "frame", word));
        put(TASK, KEPT, last, 0);
    }

    @Test
    void structsAreSearchedFromTheLastOneDown() {
        task(graphed, 1);
        put(KEPT, CALLER, 0, SLOT, OTHER, 0, SLOT - 64, OTHER, 0, SLOT);

        assertThat(replaced(FoundBy.GRAPH_TRACER)).hasValue(CALLER);
    }

    @Test
    void noCallBeingTracedIsNoAnswer() {
        task(graphed, -1);
        put(KEPT, CALLER, 0, SLOT);

        assertThat(replaced(FoundBy.GRAPH_TRACER)).isEmpty();
    }

    /// Between two structs lie two words that a tracer keeps, and behind each part its distance from the struct.
    @Test
    void wordsLeadDownByTheirDistances() {
        task(word, 10);
        put(KEPT, CALLER, 0, SLOT, 1 << 10 | 3, 77, 2 << 10 | 5, OTHER, 0, SLOT - 64, 1 << 10 | 3);

        assertThat(replaced(FoundBy.GRAPH_TRACER)).hasValue(CALLER);
    }

    @Test
    void distanceThatLeadsNowhereEndsTheSearch() {
        task(word, 4);
        for (long distance : new long[] {0, 4, 1023}) {
            put(KEPT, CALLER, 0, SLOT, distance);

            assertThat(replaced(FoundBy.GRAPH_TRACER)).isEmpty();
        }
    }

    @Test
    void probesOnOneFunctionAreSearchedForTheRealAddress() {
        task(graphed, -1);
        put(TASK + 16, 0x3000);
        put(0x3000, 0x3100, CALLER, SLOT - 64);
        put(0x3100, 0x3200, PROBE, SLOT);
        put(0x3200, 0, CALLER, SLOT);

        assertThat(replaced(FoundBy.RETURN_PROBE)).hasValue(CALLER);
    }

    @Test
    void hooksOnOneAnotherAreBothResolved() {
        task(graphed, 0);
        put(KEPT, CALLER, 0, SLOT);
        put(TASK + 16, 0x3000);
        put(0x3000, 0, GRAPH, SLOT);

        assertThat(replaced(FoundBy.RETURN_PROBE)).hasValue(CALLER);
        put(KEPT, PROBE, 0, SLOT);
        put(0x3000, 0, CALLER, SLOT);
        assertThat(replaced(FoundBy.GRAPH_TRACER)).hasValue(CALLER);
    }

    @Test
    void hooksThatLeadToOneAnotherAreNoAnswer() {
        task(graphed, 0);
        put(KEPT, PROBE, 0, SLOT);
        put(TASK + 16, 0x3000);
        put(0x3000, 0, GRAPH, SLOT);

        assertThat(replaced(FoundBy.RETURN_PROBE)).isEmpty();
    }

    @Test
    void instancesOfATaskHaveTheirOwnNames() {
        btf.struct("task_struct", 8, members("kretprobe_instances", head));
        btf.struct("kretprobe_instance", 24, members("llist", node, "ret_addr", pointer, "fp", pointer));
        put(TASK, 0x3000);
        put(0x3000, 0, CALLER, SLOT);

        assertThat(replaced(FoundBy.RETURN_PROBE)).hasValue(CALLER);
    }

    @Test
    void tableOfAllTasksIsSearchedForThoseOfTheTask() {
        btf.struct("hlist_head", 8, members("first", pointer));
        btf.struct("task_struct", 8, members("flags", word));
        btf.struct(
                "kretprobe_instance", 32, members("hlist", node, "ret_addr", pointer, "task", pointer, "fp", pointer));
        memory.reserve(KEPT, 64 * 8);
        put(KEPT + 63 * 8, 0x3000);
        put(0x3000, 0x3100, OTHER, 0x1800, SLOT);
        put(0x3100, 0, CALLER, TASK, SLOT);

        assertThat(replaced(FoundBy.RETURN_PROBE, true)).hasValue(CALLER);
    }

    @Test
    void listThatGoesInCirclesOrOutOfMemoryIsNoAnswer() {
        task(graphed, 3);
        put(TASK, 0x7000_0000, 3, 0x3000);
        put(0x3000, 0x3100, CALLER, SLOT - 8);
        put(0x3100, 0x3000, CALLER, SLOT - 8);

        assertThat(replaced(FoundBy.RETURN_PROBE)).isEmpty();
        assertThat(replaced(FoundBy.GRAPH_TRACER)).isEmpty();
    }

    @Test
    void taskWithoutSuchMembersIsNoAnswer() {
        btf.struct("task_struct", 8, members("flags", word));

        assertThat(replaced(FoundBy.RETURN_PROBE)).isEmpty();
        assertThat(replaced(FoundBy.GRAPH_TRACER)).isEmpty();
    }

    @Test
    void noiseNeverFailsAndEnds() {
        task(word, 0);
        Random random = new Random(23);
        for (int round = 0; round < 500; round++) {
            for (int i = 0; i < 512; i++) {
                put(KEPT + 8L * i, random.nextInt(3) == 0 ? SLOT : random.nextInt(1 << 12));
            }
            put(TASK, KEPT, random.nextInt(), KEPT + 8L * random.nextInt(512));

            assertThat(replaced(FoundBy.GRAPH_TRACER)).isNotNull();
            assertThat(replaced(FoundBy.RETURN_PROBE)).isNotNull();
        }
    }
}
