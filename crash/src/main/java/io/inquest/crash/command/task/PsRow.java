package io.inquest.crash.command.task;

import io.inquest.crash.command.PresentMemory;
import io.inquest.crash.command.TaskSelection.TaskRow;
import io.inquest.kernel.Kernel;
import io.inquest.kernel.object.KernelObject;
import io.inquest.kernel.task.Task;
import io.inquest.kernel.task.TaskState;
import io.inquest.kernel.vm.ResidentPages;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;

/// A task in a list of tasks.
///
/// @param active whether it is on a CPU
/// @param task address of its `struct task_struct`
/// @param stackPointer its kernel stack pointer when it last left its CPU, 0 if that is not kept
/// @param memoryTenths a thousandth of the machine's memory that it has resident
/// @param virtualKib memory that it may use, in KiB
/// @param residentKib what of it is in memory, in KiB
public record PsRow(
        boolean active,
        int pid,
        int parent,
        int cpu,
        long task,
        long stackPointer,
        TaskState state,
        long memoryTenths,
        long virtualKib,
        long residentKib,
        String comm,
        boolean kernelThread) {

    static TaskRow<PsRow> reader(Kernel kernel) throws IOException {
        Set<Long> running = OnCpu.addresses(kernel);
        long present = PresentMemory.frames(kernel);
        ResidentPages resident = ResidentPages.of(kernel);
        int kibShift = kernel.machine().pageShift() - 10;
        return task -> {
            Optional<KernelObject> mm = task.mm();
            long totalPages =
                    mm.map(memory -> memory.member("total_vm").unsigned()).orElse(0L);
            long residentPages = mm.isPresent() ? resident.of(mm.get()) : 0;
            return new PsRow(
                    running.contains(task.address()),
                    task.pid(),
                    task.isIdle() ? 0 : task.parent().map(Task::pid).orElse(0),
                    task.cpu().orElse(-1),
                    task.address(),
                    task.struct()
                            .find("thread.sp")
                            .or(() -> task.struct().find("thread.esp"))
                            .map(KernelObject::unsigned)
                            .orElse(0L),
                    task.state(),
                    present == 0 ? 0 : (residentPages * 1000 + present / 2) / present,
                    totalPages << kibShift,
                    residentPages << kibShift,
                    task.comm(),
                    task.isKernelThread());
        };
    }
}
