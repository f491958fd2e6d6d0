package io.inquest.kernel.stack;

import static org.assertj.core.api.Assertions.assertThat;

import io.inquest.kernel.Kernel;
import io.inquest.kernel.ResizedStruct;
import io.inquest.kernel.task.Cpu;
import io.inquest.kernel.task.Task;
import io.inquest.testkit.Samples;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Stacks of real dumps, judged by the live kernel's own view of them, by drgn with a debug vmlinux, and by crash.
final class SampleStacksTest {

    private static final Map<String, Kernel> OPENED = new TreeMap<>();

    private static Kernel kernel(String sample) throws IOException {
        Kernel kernel = OPENED.get(sample);
        if (kernel == null) {
            kernel = Kernel.open(Samples.unpack(sample));
            OPENED.put(sample, kernel);
        }
        return kernel;
    }

    @AfterAll
    static void close() throws IOException {
        for (Kernel kernel : OPENED.values()) {
            kernel.close();
        }
        OPENED.clear();
    }

    /// A task that ran on between the saved view and the panic is judged by drgn's answer.
    @ParameterizedTest
    @ValueSource(strings = {"6.1-d31", "6.12-d1", "7.2-d23-flat"})
    void sleepingTasksHaveTheStacksThatTheLiveKernelSaw(String sample) throws IOException {
        Kernel kernel = kernel(sample);
        Map<Integer, List<String>> truth = StackTruth.ofLiveKernel(Samples.truth(sample));
        Map<Integer, List<Long>> drgn = StackTruth.ofDrgn(Samples.text(sample + "/reference/drgn-0.3.0/stacks.txt"));
        int same = 0;
        List<String> wrong = new ArrayList<>();
        for (Task task : kernel.tasks()) {
            List<String> expected = truth.get(task.pid());
            if (expected == null || kernel.cpus().running(task).isPresent()) {
                continue;
            }
            StackTrace trace = kernel.stacks().of(task);
            if (StackTruth.asTheKernelPrints(kernel, trace).equals(expected)) {
                same++;
            } else if (!StackTruth.addresses(trace).equals(drgn.get(task.pid()))) {
                wrong.add(task.pid() + " " + StackTruth.asTheKernelPrints(kernel, trace) + " is not " + expected);
            }
        }
        assertThat(wrong).isEmpty();
        assertThat(same).isGreaterThan(70);
    }

    /// The size comes from the kernel's types, one word of which is damaged here.
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 0x4000_0000, 0x7fff_f000, -1})
    void stackOfNoSensibleSizeIsLeftOut(int bytes) throws IOException {
        Kernel whole = kernel("6.12-d1");
        try (Kernel kernel = ResizedStruct.open("6.12-d1", "entry_stack", bytes)) {
            for (Cpu cpu : kernel.cpus()) {
                assertThat(kernel.stacks().areas(cpu)).allMatch(area -> area.bytes() <= 256 << 10);
                assertThat(StackTruth.addresses(kernel.stacks().of(cpu)))
                        .isEqualTo(StackTruth.addresses(whole.stacks()
                                .of(whole.cpus().find(cpu.number()).orElseThrow())));
            }
        }
    }

    /// A task that has ended has none: of memory that was its stack drgn makes frames.
    @ParameterizedTest
    @ValueSource(strings = {"6.1-d31", "6.12-d1", "7.2-d23-flat"})
    void everyStackHasTheFramesThatDrgnFindsWithDebugInformation(String sample) throws IOException {
        Kernel kernel = kernel(sample);
        Map<Integer, List<Long>> drgn = StackTruth.ofDrgn(Samples.text(sample + "/reference/drgn-0.3.0/stacks.txt"));
        List<String> wrong = new ArrayList<>();
        for (Task task : kernel.tasks()) {
            List<Long> expected = drgn.get(task.pid());
            if (expected == null || task.isIdle() || task.stack() == 0) {
                continue;
            }
            Optional<Cpu> cpu = kernel.cpus().running(task);
            StackTrace trace = cpu.isPresent()
                    ? kernel.stacks().saved(cpu.get())
                    : kernel.stacks().of(task);
            if (!StackTruth.addresses(trace).equals(expected)) {
                wrong.add(task.pid() + " " + StackTruth.hexadecimal(StackTruth.addresses(trace)) + " is not "
                        + StackTruth.hexadecimal(expected));
            }
        }
        assertThat(wrong).isEmpty();
        assertThat(drgn).hasSizeGreaterThan(70);
    }

    @ParameterizedTest
    @ValueSource(strings = {"6.1-d31", "6.12-d1", "7.2-d23-flat"})
    void everyTaskWithAStackIsUnwoundToItsBeginningWithoutGuesses(String sample) throws IOException {
        Kernel kernel = kernel(sample);
        List<String> wrong = new ArrayList<>();
        for (Task task : kernel.tasks()) {
            StackTrace trace = kernel.stacks().of(task);
            boolean nothing = trace.end() instanceof StackEnd.Nothing;
            if (nothing ? task.stack() != 0 : !trace.end().isProper() || trace.trust() == Trust.GUESSED) {
                wrong.add(task.pid() + ": " + trace.end());
            }
        }
        assertThat(wrong).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"6.1-d31", "6.12-d1"})
    void cpusHaveTheFramesThatCrashShowsInTheSamePlaces(String sample) throws IOException {
        Kernel kernel = kernel(sample);
        Map<Integer, List<String>> crash = StackTruth.ofCrash(Samples.text(sample + "/reference/crash-9.0.2/bt-a.txt"));
        for (Cpu cpu : kernel.cpus().online()) {
            StackTrace trace = kernel.stacks().of(cpu);

            assertThat(StackTruth.asCrashPrints(trace))
                    .as("CPU " + cpu.number())
                    .isEqualTo(crash.get(kernel.cpus()
                            .find(cpu.number())
                            .orElseThrow()
                            .current()
                            .pid()));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"6.1-d31", "6.12-d1"})
    void tasksHaveTheFramesThatCrashShowsInTheSamePlaces(String sample) throws IOException {
        Kernel kernel = kernel(sample);
        Map<Integer, List<String>> crash =
                StackTruth.ofCrash(Samples.text(sample + "/reference/crash-9.0.2/foreach-bt.txt"));
        List<String> wrong = new ArrayList<>();
        for (Task task : kernel.tasks()) {
            List<String> found = StackTruth.asCrashPrints(kernel.stacks().of(task));
            if (!task.isIdle() && !found.equals(crash.get(task.pid()))) {
                wrong.add(task.pid() + " " + found + " is not " + crash.get(task.pid()));
            }
        }
        assertThat(wrong).isEmpty();
        assertThat(crash).hasSizeGreaterThan(70);
    }

    /// The last call is found by a search, and proven by leading to where the registers were saved.
    @ParameterizedTest
    @ValueSource(strings = {"6.1-d31", "6.12-d1", "7.2-d23-flat"})
    void chainOfACpuThatWasStoppedIsCertain(String sample) throws IOException {
        Kernel kernel = kernel(sample);
        Cpu dying = kernel.cpus().dying().orElseThrow().cpu();
        for (Cpu cpu : kernel.cpus().online()) {
            StackTrace trace = kernel.stacks().of(cpu);

            assertThat(trace.frames().getFirst().foundBy()).isEqualTo(FoundBy.LAST_FUNCTION);
            assertThat(trace.trust()).isEqualTo(cpu.equals(dying) ? Trust.LIKELY : Trust.CERTAIN);
        }
        assertThat(kernel.stacks().of(dying).frames().getFirst().function()).isEqualTo("machine_kexec");
    }
}
