package io.inquest.kernel.task;

import io.inquest.kernel.object.KernelObject;
import java.util.Optional;

/// A CPU of the dead machine.
///
/// @param number the kernel's number for it
/// @param online whether the scheduler used it
/// @param present whether it was plugged in
/// @param runqueue its `struct rq`; a type without members where that is lost
/// @param running where a pointer to the task on it is
/// @param registers its registers when the kernel died; empty when nobody saved them
public record Cpu(
        int number,
        boolean online,
        boolean present,
        KernelObject runqueue,
        KernelObject running,
        Optional<CpuRegisters> registers) {

    /// The task on it. Throws a [io.inquest.dump.MemoryFault] when the dump does not say.
    public Task current() {
        return new Task(running.dereference());
    }

    /// What it runs when it has nothing to do; faults as [#current] does.
    public Task idle() {
        return new Task(runqueue.member("idle").dereference());
    }
}
