package io.inquest.kernel.task;

import io.inquest.dump.MemoryFault;
import io.inquest.kernel.Kernel;
import io.inquest.kernel.object.KernelObject;
import io.inquest.kernel.symbol.MissingSymbol;
import io.inquest.kernel.type.MissingType;
import io.inquest.kernel.type.StructType;
import io.inquest.kernel.type.Types;
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
            KernelObject runqueue = runqueue(kernel, number);
            KernelObject running = running(kernel, runqueue, number);
            Optional<CpuRegisters> registers = notes.of(number, online ? position : -1);
            position += online ? 1 : 0;
            cpus.add(new Cpu(number, online, masks.isPresent(number), runqueue, running, registers));
        }
        return new Cpus(cpus, new DyingCpu(kernel, cpus).find());
    }

    /// Where types are damaged, without any member: what asks for one is told that, and all else goes on.
    private static KernelObject runqueue(Kernel kernel, int cpu) throws IOException {
        try {
            return kernel.perCpu("runqueues", cpu);
        } catch (MissingType lost) {
            long address = kernel.perCpu().address(address(kernel, "runqueues"), cpu);
            return KernelObject.at(kernel.space(), StructType.declared(StructType.Keyword.STRUCT, "rq"), address);
        }
    }

    /// `curr` of the run queue, or what the CPU itself calls its task: on x86 `current_task`, from 6.2 (c063a217bc07)
    /// to 6.14 the first of `pcpu_hot`.
    private static KernelObject running(Kernel kernel, KernelObject runqueue, int cpu) throws IOException {
        Optional<KernelObject> told = runqueue.find("curr");
        if (told.isPresent()) {
            return told.get();
        }
        boolean hot = kernel.symbols().core().address("pcpu_hot").isPresent();
        long address = kernel.perCpu().address(address(kernel, hot ? "pcpu_hot" : "current_task"), cpu);
        Types types = kernel.types();
        return KernelObject.at(kernel.space(), types.pointerTo(types.struct("task_struct")), address);
    }

    private static long address(Kernel kernel, String symbol) throws IOException {
        return kernel.symbols().core().address(symbol).orElseThrow(() -> new MissingSymbol(symbol));
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
