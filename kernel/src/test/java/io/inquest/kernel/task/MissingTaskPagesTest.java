package io.inquest.kernel.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.inquest.dump.Dump;
import io.inquest.dump.Dumps;
import io.inquest.dump.Warnings;
import io.inquest.kernel.HoledDump;
import io.inquest.kernel.Kernel;
import io.inquest.kernel.Mapping;
import io.inquest.kernel.object.WalkEnd;
import io.inquest.kernel.stack.Frame;
import io.inquest.kernel.stack.StackTrace;
import io.inquest.kernel.stack.Trust;
import io.inquest.testkit.Samples;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// What is left of tasks whose structs lie in pages that the dump does not hold, as makedumpfile at level 31 leaves
/// them out of kernels that it does not know.
final class MissingTaskPagesTest {

    private static Dump dump;
    private static Kernel whole;

    @BeforeAll
    static void open() throws IOException {
        dump = Dumps.open(List.of(Samples.unpack("6.1-d31")), Warnings.NONE);
        whole = Kernel.open(dump, Warnings.NONE);
    }

    @AfterAll
    static void close() throws IOException {
        whole.close();
    }

    private static Kernel without(long... virtualAddresses) throws IOException {
        Set<Long> excluded = new HashSet<>();
        for (long address : virtualAddresses) {
            Mapping mapping = whole.space().translate(address, 1);
            excluded.add(((Mapping.Mapped) mapping).to() >>> 12);
        }
        return Kernel.open(new HoledDump(dump, excluded), Warnings.NONE);
    }

    private static Task task(int pid) throws IOException {
        return whole.tasks().withPid(pid).orElseThrow();
    }

    @Test
    void otherWaysFindTheTasksBehindAHoleInTheList() throws IOException {
        Task hidden = task(12);
        Kernel holed = without(hidden.struct().member("tasks").address());

        Set<Task> found = new HashSet<>(holed.tasks().all());
        Set<Task> lost = new HashSet<>(whole.tasks().all());
        lost.removeAll(found);

        assertThat(holed.tasks().end()).isInstanceOf(WalkEnd.Fault.class);
        assertThat(lost).allMatch(task -> Math.abs(task.address() - hidden.address()) < 3 * 9728);
        assertThat(lost).hasSizeLessThan(4);
    }

    @Test
    void tasksAreFoundWhereTheListAndTheNumbersAreLost() throws IOException {
        long numbers = whole.symbols().address("init_pid_ns").orElseThrow();
        Kernel holed = without(task(12).struct().member("tasks").address(), numbers);

        assertThat(holed.tasks().all()).hasSizeGreaterThan(whole.tasks().all().size() - 6);
    }

    @Test
    void cpusNeedNoLog() throws IOException {
        Kernel holed = without(
                whole.symbols().address("panic_cpu").orElseThrow(),
                whole.symbols().address("crashing_cpu").orElseThrow(),
                whole.vmcoreInfo().symbol("prb").orElseThrow());

        assertThat(holed.cpus().all()).hasSameSizeAs(whole.cpus().all());
        assertThat(holed.cpus().dying()).isEmpty();
    }

    @Test
    void stackTellsWhereTheTaskWaitsWhenItsStructDoesNot() throws IOException {
        Task init = task(2);
        StackTrace expected = whole.stacks().of(init);
        Kernel holed = without(init.struct().member("thread.sp").address());

        StackTrace trace = holed.stacks().of(new Task(init.struct().in(holed.space())));

        assertThat(trace.frames())
                .extracting(Frame::address)
                .isEqualTo(expected.frames().stream().map(Frame::address).toList());
        assertThat(trace.trust()).isEqualTo(Trust.LIKELY);
        assertThat(trace.remarks()).hasSize(1);
        assertThat(trace.remarks().getFirst()).contains("excluded");
    }

    @Test
    void taskWithoutItsFirstPageIsToldToHaveNoReadableStack() throws IOException {
        Task thread = task(2);
        Kernel holed = without(thread.address());

        StackTrace trace = holed.stacks().of(new Task(thread.struct().in(holed.space())));

        assertThat(trace.frames()).isEmpty();
        assertThat(trace.end().sentence()).contains("excluded");
    }

    @Test
    void notesOfTheDumpGiveTheRegistersThatTheKernelsOwnBufferLacks() throws IOException {
        List<Cpu> cpus = whole.cpus().all();
        long buffer =
                whole.space().readLong(whole.symbols().address("crash_notes").orElseThrow());
        Kernel holed = without(
                whole.perCpu().address(buffer, 0),
                whole.perCpu().address(buffer, cpus.getLast().number()));

        for (Cpu cpu : cpus) {
            CpuRegisters expected = cpu.registers().orElseThrow();
            CpuRegisters found =
                    holed.cpus().find(cpu.number()).orElseThrow().registers().orElseThrow();
            assertThat(found.source()).isEqualTo("NT_PRSTATUS");
            assertThat(found.pid()).isEqualTo(expected.pid());
            assertThat(found.registers().stackPointer())
                    .isEqualTo(expected.registers().stackPointer());
        }
    }
}
