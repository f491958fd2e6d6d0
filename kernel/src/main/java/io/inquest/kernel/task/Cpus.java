package io.inquest.kernel.task;

import io.inquest.dump.MemoryFault;
import io.inquest.kernel.Kernel;
import io.inquest.kernel.object.KernelObject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/// The CPUs of the dead machine that the kernel had data for, by number.
public final class Cpus implements Iterable<Cpu> {

    private final List<Cpu> possible;
    private final Optional<Dying> dying;

    private Cpus(List<Cpu> possible, Optional<Dying> dying) {
        this.possible = List.copyOf(possible);
        this.dying = dying;
    }

    /// The CPU on which the kernel died.
    ///
    /// @param source who says so, in the words of a message
    public record Dying(Cpu cpu, String source) {}

    /// Reads the masks and the registers of all CPUs; what the dump does not hold is left out.
    public static Cpus of(Kernel kernel) throws IOException {
        CpuMasks masks = new CpuMasks(kernel);
        CpuNotes notes = new CpuNotes(kernel);
        List<Cpu> cpus = new ArrayList<>();
        int position = 0;
        for (int number : masks.possible()) {
            boolean online = masks.isOnline(number);
            KernelObject runqueue = kernel.perCpu("runqueues", number);
            Optional<CpuRegisters> registers = notes.of(number, online ? position : -1);
            position += online ? 1 : 0;
            cpus.add(new Cpu(number, online, masks.isPresent(number), runqueue, registers));
        }
        return new Cpus(cpus, new DyingCpu(kernel, cpus).find());
    }

    @Override
    public Iterator<Cpu> iterator() {
        return possible.iterator();
    }

    public List<Cpu> all() {
        return possible;
    }

    /// The CPU of that number.
    public Optional<Cpu> find(int number) {
        return possible.stream().filter(cpu -> cpu.number() == number).findFirst();
    }

    public List<Cpu> online() {
        return possible.stream().filter(Cpu::online).toList();
    }

    /// The CPU that a task is on, as the run queues say; empty for a task that is not running.
    public Optional<Cpu> running(Task task) {
        return possible.stream().filter(cpu -> runs(cpu, task)).findFirst();
    }

    private static boolean runs(Cpu cpu, Task task) {
        try {
            return cpu.current().equals(task);
        } catch (MemoryFault lost) {
            return false;
        }
    }

    /// The CPU on which the kernel died, and who says so; empty if nobody does.
    public Optional<Dying> dying() {
        return dying;
    }
}
