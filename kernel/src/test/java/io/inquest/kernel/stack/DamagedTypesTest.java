package io.inquest.kernel.stack;

import static org.assertj.core.api.Assertions.assertThat;

import io.inquest.dump.Dump;
import io.inquest.dump.Dumps;
import io.inquest.dump.Warnings;
import io.inquest.kernel.Kernel;
import io.inquest.kernel.Mapping;
import io.inquest.kernel.OpenSamples;
import io.inquest.kernel.PatchedDump;
import io.inquest.kernel.task.Cpu;
import io.inquest.kernel.task.Task;
import io.inquest.testkit.Samples;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Stacks of kernels whose description of types is damaged where stacks begin.
final class DamagedTypesTest {

    private final List<String> warnings = new ArrayList<>();

    /// Without the names of types in the BTF, their first letters being no text.
    private Kernel withoutTypes(String sample, String... names) throws IOException {
        Kernel whole = OpenSamples.kernel(sample);
        long start = whole.symbols().address("__start_BTF").orElseThrow();
        long stop = whole.symbols().address("__stop_BTF").orElseThrow();
        ByteBuffer section = ByteBuffer.allocate((int) (stop - start));
        whole.space().read(start, section);
        String text = new String(section.array(), StandardCharsets.ISO_8859_1);
        Map<Long, Byte> patches = new HashMap<>();
        for (String name : names) {
            long at = start + text.lastIndexOf("\0" + name + "\0") + 1;
            patches.put(((Mapping.Mapped) whole.space().translate(at, 1)).to(), (byte) 1);
        }
        Dump dump = Dumps.open(List.of(Samples.unpack(sample)), Warnings.NONE);
        return Kernel.open(new PatchedDump(dump, patches), warnings::add);
    }

    @ParameterizedTest
    @ValueSource(strings = {"6.1-d31", "6.12-d1", "7.2-d23-flat"})
    void theFrameOfTheSchedulerAndTheRunQueueAreKnownWithoutTheirTypes(String sample) throws IOException {
        Kernel whole = OpenSamples.kernel(sample);
        try (Kernel damaged = withoutTypes(sample, "inactive_task_frame", "rq")) {
            assertThat(damaged.types().findStruct("inactive_task_frame")).isEmpty();
            assertThat(damaged.types().findStruct("rq")).isEmpty();
            for (Cpu cpu : whole.cpus()) {
                assertThat(damaged.cpus().find(cpu.number()).orElseThrow().current())
                        .isEqualTo(cpu.current());
            }
            for (Task task : whole.tasks().all()) {
                Task own = new Task(task.struct().in(damaged.space()));
                assertThat(addresses(damaged, own)).isEqualTo(addresses(whole, task));
            }
            assertThat(warnings)
                    .singleElement()
                    .asString()
                    .contains("BTF of vmlinux")
                    .contains("is damaged");
        }
    }

    private static List<Long> addresses(Kernel kernel, Task task) throws IOException {
        return kernel.stacks().of(task).frames().stream().map(Frame::address).toList();
    }
}
