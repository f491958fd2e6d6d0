package io.inquest.crash.report.dump;

import static org.assertj.core.api.Assertions.assertThat;

import io.inquest.dump.DelegatingDump;
import io.inquest.dump.Dump;
import io.inquest.dump.Dumps;
import io.inquest.dump.Warnings;
import io.inquest.kernel.Kernel;
import io.inquest.kernel.Mapping;
import io.inquest.kernel.object.KernelObject;
import io.inquest.kernel.task.Task;
import io.inquest.testkit.Samples;
import java.io.IOException;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

final class BlockedTasksTest {

    private static final long NOWHERE = 0xdead000000000008L;
    private static final long INTERRUPTIBLE = 1;
    private static final long UNINTERRUPTIBLE = 2;

    @Test
    void aBlockerThatCannotBeReadCostsNoOtherTask() throws IOException {
        try (Dump dump = Dumps.open(List.of(Samples.unpack("7.2-d23-flat")), Warnings.NONE)) {
            Kernel whole = Kernel.open(dump, Warnings.NONE);
            int before = BlockedTasks.of(whole).size();
            Task task = asleep(whole);
            PatchedMemory memory = new PatchedMemory(dump.memory());
            put(whole, memory, task.struct().member("__state"), UNINTERRUPTIBLE);
            put(whole, memory, task.struct().member("blocker"), NOWHERE);
            Kernel patched = Kernel.open(new DelegatingDump(dump, memory), Warnings.NONE);
            assertThat(BlockedTasks.of(patched))
                    .hasSize(before + 1)
                    .filteredOn(blocked -> blocked.pid().equals(OptionalInt.of(task.pid())))
                    .singleElement()
                    .satisfies(blocked -> {
                        assertThat(blocked.waits()).isEqualTo("a mutex");
                        assertThat(blocked.frames()).isNotEmpty();
                    });
            assertThat(DumpReport.of(patched).missing()).isEmpty();
        }
    }

    private static Task asleep(Kernel kernel) throws IOException {
        return kernel.tasks().all().stream()
                .filter(task -> task.pid() > 1 && task.stateBits() == INTERRUPTIBLE)
                .findFirst()
                .orElseThrow();
    }

    private static void put(Kernel kernel, PatchedMemory memory, KernelObject member, long value) throws IOException {
        if (!(kernel.space().translate(member.address(), member.bytes()) instanceof Mapping.Mapped mapped)) {
            throw new AssertionError(member + " is not mapped");
        }
        memory.put(mapped.to(), value, (int) member.bytes());
    }
}
