package io.inquest.crash.command.task;

import io.inquest.crash.command.PresentMemory;
import io.inquest.crash.command.TaskSelection.TaskRow;
import io.inquest.dump.MemoryFault;
import io.inquest.kernel.Kernel;
import io.inquest.kernel.object.KernelObject;
import io.inquest.kernel.task.Task;
import io.inquest.kernel.task.TaskState;
import io.inquest.kernel.vm.ResidentPages;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A task in a list of tasks.
///
/// @param active whether it is on a CPU
/// @param task address of its `struct task_struct`
/// @param stackPointer its kernel stack pointer when it last left its CPU; empty if the dump does not hold it
/// @param memory of its process; empty if the dump does not hold what tells
/// @param lost why there is no `memory`, null if there is
public record PsRow(
        boolean active,
        int pid,
        int parent,
        int cpu,
        long task,
        OptionalLong stackPointer,
        TaskState state,
        Optional<MemoryUse> memory,
        @Nullable MemoryFault lost,
        String comm,
        boolean kernelThread) {

    static TaskRow<PsRow> reader(Kernel kernel) throws IOException {
        Set<Long> running = OnCpu.addresses(kernel);
        OptionalLong present = presentFrames(kernel);
        ResidentPages resident = ResidentPages.of(kernel);
        int kibShift = kernel.machine().pageShift() - 10;
        return task -> {
            Optional<MemoryUse> memory = Optional.empty();
            MemoryFault lost = null;
            try {
                Optional<KernelObject> mm = task.mm();
                Optional<ResidentPages.Count> counted =
                        mm.isPresent() ? Optional.of(resident.of(mm.get())) : Optional.empty();
                long residentPages = counted.map(ResidentPages.Count::pages).orElse(0L);
                memory = Optional.of(MemoryUse.of(mm, residentPages, present, kibShift));
                lost = counted.flatMap(ResidentPages.Count::lost).orElse(null);
            } catch (MemoryFault fault) {
                lost = fault;
            }
            return new PsRow(
                    running.contains(task.address()),
                    task.pid(),
                    task.isIdle() ? 0 : task.parent().map(Task::pid).orElse(0),
                    task.cpu().orElse(-1),
                    task.address(),
                    stackPointer(task),
                    task.state(),
                    memory,
                    lost,
                    task.comm(),
                    task.isKernelThread());
        };
    }

    /// Memory of a process.
    ///
    /// @param tenths thousandths of the machine's memory that it has resident; empty if the size of that is unknown
    /// @param virtualKib memory that it may use, in KiB
    /// @param residentKib what of it is in memory, in KiB
    record MemoryUse(OptionalLong tenths, long virtualKib, long residentKib) {

        static MemoryUse of(Optional<KernelObject> mm, long residentPages, OptionalLong present, int kibShift) {
            long pages = mm.map(memory -> memory.member("total_vm").unsigned()).orElse(0L);
            long frames = present.orElse(0);
            OptionalLong tenths =
                    frames == 0 ? OptionalLong.empty() : OptionalLong.of((residentPages * 1000 + frames / 2) / frames);
            return new MemoryUse(tenths, pages << kibShift, residentPages << kibShift);
        }
    }

    private static OptionalLong presentFrames(Kernel kernel) throws IOException {
        try {
            return PresentMemory.frames(kernel);
        } catch (MemoryFault lost) {
            return OptionalLong.empty();
        }
    }

    /// It lies at the far end of the struct, where a page may be missing of which nothing else is needed.
    private static OptionalLong stackPointer(Task task) {
        try {
            return task.struct()
                    .find("thread.sp")
                    .or(() -> task.struct().find("thread.esp"))
                    .map(pointer -> OptionalLong.of(pointer.unsigned()))
                    .orElse(OptionalLong.empty());
        } catch (MemoryFault lost) {
            return OptionalLong.empty();
        }
    }
}
