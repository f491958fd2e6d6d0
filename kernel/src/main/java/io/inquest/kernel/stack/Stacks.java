package io.inquest.kernel.stack;

import io.inquest.dump.MemoryFault;
import io.inquest.kernel.Hex;
import io.inquest.kernel.Kernel;
import io.inquest.kernel.arch.Registers;
import io.inquest.kernel.arch.StackArea;
import io.inquest.kernel.arch.StackRules;
import io.inquest.kernel.stack.orc.Orc;
import io.inquest.kernel.stack.orc.OrcUnwinder;
import io.inquest.kernel.task.Cpu;
import io.inquest.kernel.task.CpuRegisters;
import io.inquest.kernel.task.Task;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The stacks of the dead kernel's tasks and CPUs.
///
/// ```java
/// for (Frame frame : kernel.stacks().of(task).frames()) { … }
/// ```
///
/// Safe for many threads.
public final class Stacks {

    private final Kernel kernel;
    private final StackRules rules;
    private final int stackBytes;
    private final StackTracer tracer;
    private final LastCall lastCall;
    private final String source;

    private Stacks(Kernel kernel, List<Unwinder> debugFile) throws IOException {
        this.kernel = kernel;
        this.rules = kernel.architecture().stackRules();
        this.stackBytes = rules.taskStackBytes(kernel);
        KernelCode code = new KernelCode(kernel, rules);
        Optional<Orc> orc = Orc.of(kernel);
        this.tracer = new StackTracer(ways(orc, debugFile, code), code, rules);
        this.lastCall = new LastCall(kernel.symbols(), code, rules, tracer);
        this.source = orc.map(Orc::source).orElse("frame pointers");
    }

    /// The stacks of a kernel, with more ways to unwind them, such as the call frame information of a debug file,
    /// for code that the kernel's own tables do not cover.
    public static Stacks of(Kernel kernel, List<Unwinder> more) throws IOException {
        return new Stacks(kernel, more);
    }

    private List<Unwinder> ways(Optional<Orc> orc, List<Unwinder> debugFile, Code code) {
        List<Unwinder> ways = new ArrayList<>();
        orc.ifPresent(tables -> ways.add(new OrcUnwinder(tables, rules)));
        ways.addAll(debugFile);
        if (ways.isEmpty()) {
            ways.add(new FramePointers(code, rules));
        }
        ways.add(new WildJump(code, rules));
        ways.add(new CallSites(code, rules));
        if (orc.isPresent()) {
            ways.add(new FramePointers(code, rules));
        }
        ways.add(new Scan(code, rules));
        return ways;
    }

    /// What stacks are unwound by, in words for `sys --sources`.
    public String source() {
        return source;
    }

    /// Bytes of a task's stack.
    public int taskStackBytes() {
        return stackBytes;
    }

    /// The stack of a task: where it waits, or what it was doing on its CPU when the kernel died.
    public StackTrace of(Task task) throws IOException {
        Optional<Cpu> cpu = kernel.cpus().running(task);
        return cpu.isPresent() ? of(cpu.get()) : sleeping(task);
    }

    private StackTrace sleeping(Task task) throws IOException {
        try {
            if (task.stack() == 0) {
                return StackTrace.nothing("the task has ended and its stack was freed");
            }
            StackMemory stacks = new StackMemory(kernel.space(), List.of(area(task)));
            Optional<StackRules.SwitchedOut> start = rules.switchedOut(kernel, task.struct());
            if (start.isEmpty()) {
                return StackTrace.nothing("this kernel does not tell what its scheduler saves");
            }
            FrameState state = new FrameState(start.get().registers(), false);
            return completed(task, tracer.from(state, start.get().slot(), FoundBy.SWITCH_FRAME, stacks), stacks);
        } catch (MemoryFault lost) {
            return StackTrace.nothing(lost.getMessage());
        }
    }

    /// The stack of a CPU from the last call before the kernel died.
    public StackTrace of(Cpu cpu) throws IOException {
        Optional<CpuRegisters> saved = cpu.registers();
        if (saved.isEmpty()) {
            return withoutRegisters(cpu);
        }
        StackMemory stacks = stacksOf(cpu);
        Optional<StackTrace> whole = lastCall.trace(saved.get().registers(), stacks);
        return whole.isPresent() ? completed(cpu, whole.get(), stacks) : saved(cpu);
    }

    /// The stack of a CPU from where its registers were saved: for a CPU that died of an oops the chain of calls
    /// that the oops itself saw, for one that was stopped what it was doing.
    public StackTrace saved(Cpu cpu) throws IOException {
        Optional<CpuRegisters> saved = cpu.registers();
        if (saved.isEmpty()) {
            return withoutRegisters(cpu);
        }
        StackMemory stacks = stacksOf(cpu);
        Registers registers = saved.get().registers();
        StackTrace trace =
                tracer.from(new FrameState(registers, true), registers.stackPointer(), FoundBy.REGISTERS, stacks);
        return completed(cpu, trace, stacks);
    }

    private StackTrace withoutRegisters(Cpu cpu) throws IOException {
        if (!cpu.online()) {
            return StackTrace.nothing("CPU " + cpu.number() + " was offline");
        }
        try {
            return sleeping(cpu.current())
                    .remarked("nobody saved the registers of CPU " + cpu.number()
                            + ": this is where its task waited last, not where it was when the kernel died");
        } catch (MemoryFault lost) {
            return StackTrace.nothing(lost.getMessage());
        }
    }

    private StackMemory stacksOf(Cpu cpu) throws IOException {
        List<StackArea> areas = new ArrayList<>(rules.stacksOf(kernel, cpu.number()));
        try {
            if (cpu.current().stack() != 0) {
                areas.add(area(cpu.current()));
            }
        } catch (MemoryFault lost) {
            // The CPU's own stacks may tell something all the same.
        }
        return new StackMemory(kernel.space(), areas);
    }

    private StackArea area(Task task) {
        long low = task.stack();
        return new StackArea(StackArea.Kind.TASK, "TASK", low, low + stackBytes);
    }

    private StackTrace completed(Cpu cpu, StackTrace trace, StackMemory stacks) {
        try {
            return completed(cpu.current(), trace, stacks);
        } catch (MemoryFault lost) {
            return trace;
        }
    }

    /// With what is known where no chain leads: the user program at the top of the stack, and that it ran over.
    private StackTrace completed(Task task, StackTrace trace, StackMemory stacks) {
        StackTrace whole =
                trace.end().isProper() || task.isKernelThread() ? trace : withUserProgram(task, trace, stacks);
        StackArea area = area(task);
        for (Frame frame : whole.frames()) {
            long below = area.low() - frame.stackPointer();
            if (!frame.user() && frame.interrupted() && below > 0 && below <= stackBytes) {
                return whole.remarked("stack overflow: the stack pointer " + Hex.of(frame.stackPointer()) + " is "
                        + below + " bytes below the stack of the task, which begins at " + Hex.of(area.low()));
            }
        }
        return whole;
    }

    private StackTrace withUserProgram(Task task, StackTrace trace, StackMemory stacks) {
        long top = area(task).high();
        for (int room : rules.roomAboveUserBlock()) {
            long block = top - room - rules.blockBytes();
            Registers registers = rules.block(stacks.bytes(block, rules.blockBytes()));
            if (rules.isLikelyUserBlock(registers)) {
                return trace.with(new Frame(
                        new FrameState(registers, true),
                        registers.stackPointer(),
                        Optional.empty(),
                        Optional.empty(),
                        true,
                        FoundBy.USER_REGISTERS,
                        Trust.CERTAIN));
            }
        }
        return trace;
    }
}
