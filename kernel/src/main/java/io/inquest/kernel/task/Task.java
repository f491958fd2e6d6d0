package io.inquest.kernel.task;

import io.inquest.kernel.object.KernelObject;
import java.util.Optional;
import java.util.OptionalInt;

/// A thread of a process or of the kernel: a `struct task_struct`.
///
/// Members are read when they are asked for, and then may throw a [io.inquest.dump.MemoryFault]. Two are equal when
/// they are at the same address.
public final class Task {

    /// Kernel threads have it set (kernel: `include/linux/sched.h`).
    public static final long PF_KTHREAD = 0x0020_0000;

    public static final long PF_EXITING = 0x4;
    public static final long PF_IDLE = 0x2;

    private final KernelObject struct;

    /// The task of a `struct task_struct`.
    public Task(KernelObject struct) {
        this.struct = struct;
    }

    /// The struct, for whatever is not asked here.
    public KernelObject struct() {
        return struct;
    }

    /// This task with its struct read at once, for asking many members.
    public Task loaded() {
        return new Task(struct.loadedIfReadable());
    }

    public long address() {
        return struct.address();
    }

    /// The thread's number; what `gettid` says outside of containers.
    public int pid() {
        return struct.member("pid").intValue();
    }

    /// The process's number, which is the thread number of its first thread.
    public int tgid() {
        return struct.member("tgid").intValue();
    }

    /// The name, at most 15 bytes; text from the dump.
    public String comm() {
        return struct.member("comm").string();
    }

    public TaskState state() {
        return TaskState.of(stateBits(), exitState());
    }

    /// The bits of the scheduler's state. `__state` since 5.14 (2f064a59a11f).
    public long stateBits() {
        return struct.firstOf("__state", "state").unsigned();
    }

    /// The bits of `exit_state`.
    public long exitState() {
        return struct.member("exit_state").unsigned();
    }

    /// The `PF_` bits.
    public long flags() {
        return struct.member("flags").unsigned();
    }

    public boolean isKernelThread() {
        return (flags() & PF_KTHREAD) != 0;
    }

    /// Whether it is what a CPU runs when it has nothing to do: PID 0.
    public boolean isIdle() {
        return pid() == 0;
    }

    public boolean isExiting() {
        return (flags() & PF_EXITING) != 0;
    }

    /// The CPU that it runs on, or ran on last.
    ///
    /// `cpu` was a member from 4.9 to 5.15 (bcf9033e5449), in `thread_info` before and after; that is itself a
    /// member since 4.9, and at the bottom of the stack before.
    public OptionalInt cpu() {
        Optional<KernelObject> cpu = struct.find("cpu").or(() -> struct.find("thread_info.cpu"));
        return cpu.isPresent() ? OptionalInt.of(cpu.get().intValue()) : OptionalInt.empty();
    }

    /// Whether the scheduler says that it is on a CPU now.
    public boolean isOnCpu() {
        return struct.find("on_cpu").map(on -> !on.isZero()).orElse(false);
    }

    /// Lowest address of its kernel stack; 0 when it has been freed.
    public long stack() {
        return struct.firstOf("stack", "thread_info").unsigned();
    }

    /// Its address space, empty for kernel threads and tasks that have given theirs up.
    public Optional<KernelObject> mm() {
        return pointedAt("mm");
    }

    /// The address space in use while it runs, for kernel threads a borrowed one.
    public Optional<KernelObject> activeMm() {
        return pointedAt("active_mm");
    }

    /// The one that started its process, or took it over.
    public Optional<Task> parent() {
        return pointedAt("real_parent").map(Task::new);
    }

    /// The first thread of its process.
    public Optional<Task> leader() {
        return pointedAt("group_leader").map(Task::new);
    }

    public boolean isLeader() {
        return struct.member("group_leader").unsigned() == address();
    }

    /// What the process's threads share.
    public Optional<KernelObject> signal() {
        return pointedAt("signal");
    }

    private Optional<KernelObject> pointedAt(String member) {
        KernelObject pointer = struct.member(member);
        return pointer.isZero() ? Optional.empty() : Optional.of(pointer.dereference());
    }

    /// Priority as the scheduler uses it now: below 100 real-time.
    public int priority() {
        return struct.member("prio").intValue();
    }

    /// The scheduling policy, `SCHED_…` of the kernel's `include/uapi/linux/sched.h`.
    public long policy() {
        return struct.member("policy").unsigned();
    }

    /// When it was started, in ns of the monotonic clock.
    public long startTime() {
        return struct.member("start_time").unsigned();
    }

    /// Time that it ran in user mode, in ns; before 4.10 in ticks.
    public long userTime() {
        return struct.member("utime").unsigned();
    }

    /// Time that it ran in the kernel, in ns; before 4.10 in ticks.
    public long systemTime() {
        return struct.member("stime").unsigned();
    }

    /// Time that it ran at all, in ns, as precisely as the scheduler counts it.
    public long runTime() {
        return struct.member("se.sum_exec_runtime").unsigned();
    }

    /// When it came onto a CPU last, in ns of that CPU's scheduler clock; empty when the kernel does not keep that
    /// (`CONFIG_SCHED_INFO`).
    public Optional<Long> lastArrival() {
        return struct.find("sched_info.last_arrival").map(KernelObject::unsigned);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Task task && task.address() == address();
    }

    @Override
    public int hashCode() {
        return Long.hashCode(address());
    }

    /// `task 0xffff…`; reads nothing.
    @Override
    public String toString() {
        return "task 0x" + Long.toHexString(address());
    }
}
