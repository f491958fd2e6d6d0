package io.inquest.kernel.stack;

import io.inquest.dump.MemoryFault;
import io.inquest.kernel.Kernel;
import io.inquest.kernel.arch.Registers;
import io.inquest.kernel.arch.StackArea;
import io.inquest.kernel.arch.StackRules;
import io.inquest.kernel.task.Cpu;
import io.inquest.kernel.task.CpuRegisters;
import io.inquest.kernel.task.Task;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// Which stacks belong to which task and CPU.
final class CpuAreas {

    private final Kernel kernel;
    private final StackRules rules;
    private final int taskStackBytes;
    private final Map<Integer, OnCpu> cpus = new ConcurrentHashMap<>();

    CpuAreas(Kernel kernel, StackRules rules) throws IOException {
        this.kernel = kernel;
        this.rules = rules;
        this.taskStackBytes = rules.taskStackBytes(kernel);
    }

    private record OnCpu(List<StackArea> areas, Optional<Task> switchingFrom) {}

    int taskStackBytes() {
        return taskStackBytes;
    }

    /// The stack of a task that has one.
    StackArea of(Task task) {
        long low = task.stack();
        return new StackArea(StackArea.Kind.TASK, "TASK", low, low + taskStackBytes);
    }

    /// All stacks that a CPU may have been on: its own, its task's, and of a task that it was switching from.
    List<StackArea> of(Cpu cpu) throws IOException {
        return onCpu(cpu).areas();
    }

    /// The task on whose stack a CPU still was while its run queue named the next one already.
    Optional<Task> switchingFrom(Cpu cpu) throws IOException {
        return onCpu(cpu).switchingFrom();
    }

    private OnCpu onCpu(Cpu cpu) throws IOException {
        OnCpu known = cpus.get(cpu.number());
        if (known == null) {
            known = find(cpu);
            cpus.put(cpu.number(), known);
        }
        return known;
    }

    private OnCpu find(Cpu cpu) throws IOException {
        List<StackArea> areas = new ArrayList<>(rules.stacksOf(kernel, cpu.number()));
        try {
            if (cpu.current().stack() != 0) {
                areas.add(of(cpu.current()));
            }
        } catch (MemoryFault lost) {
            // The CPU's own stacks may tell something all the same.
        }
        Optional<Task> other = Optional.empty();
        Optional<Registers> saved = cpu.registers().map(CpuRegisters::registers);
        if (saved.isPresent() && !rules.isUserMode(saved.get())) {
            other = owner(saved.get().stackPointer(), areas);
        }
        other.ifPresent(task -> areas.add(of(task)));
        return new OnCpu(List.copyOf(areas), other);
    }

    private Optional<Task> owner(long stackPointer, List<StackArea> known) throws IOException {
        if (known.stream().anyMatch(area -> area.contains(stackPointer))) {
            return Optional.empty();
        }
        for (Task task : kernel.tasks()) {
            if (isOn(task, stackPointer)) {
                return Optional.of(task);
            }
        }
        return Optional.empty();
    }

    private boolean isOn(Task task, long stackPointer) {
        try {
            return task.stack() != 0 && of(task).contains(stackPointer);
        } catch (MemoryFault lost) {
            return false;
        }
    }
}
