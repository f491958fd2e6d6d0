package io.inquest.kernel.stack;

import io.inquest.dump.MemoryFault;
import io.inquest.kernel.Kernel;
import io.inquest.kernel.arch.Registers;
import io.inquest.kernel.arch.StackArea;
import io.inquest.kernel.arch.StackRules;
import io.inquest.kernel.object.KernelObject;
import io.inquest.kernel.stack.orc.Orc;
import io.inquest.kernel.stack.orc.OrcUnwinder;
import io.inquest.kernel.symbol.MissingSymbol;
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
    private final CpuAreas areas;
    private final KernelCode code;
    private final StackTracer tracer;
    private final LastCall lastCall;
    private final LastSwitch lastSwitch;
    private final ReturnTrampolines trampolines;
    private final Optional<KernelObject> probes;
    private final String source;

    private Stacks(Kernel kernel, List<Unwinder> more) throws IOException {
        this.kernel = kernel;
        this.rules = kernel.architecture().stackRules();
        this.areas = new CpuAreas(kernel, rules);
        this.trampolines = ReturnTrampolines.of(kernel.symbols().core());
        this.probes = ProbedReturns.table(kernel);
        this.code = new KernelCode(kernel, rules);
        Optional<Orc> orc = Orc.of(kernel);
        this.tracer = new StackTracer(ways(orc, more, code), code, rules);
        this.lastCall = new LastCall(kernel.symbols(), code, rules, tracer);
        this.lastSwitch = new LastSwitch(kernel, code, rules, tracer);
        String own = orc.map(Orc::source).orElse("frame pointers");
        this.source = more.isEmpty() ? own : more.getFirst().foundBy().words() + " of the debug file, then " + own;
    }

    /// The stacks of a kernel, with more ways to unwind them, such as the call frame information of a debug file:
    /// they come before the kernel's own tables, because they tell more registers.
    public static Stacks of(Kernel kernel, List<Unwinder> more) throws IOException {
        return new Stacks(kernel, more);
    }

    /// Frame pointers are asked first only where nothing better is there: elsewhere the register holds anything.
    private List<Unwinder> ways(Optional<Orc> orc, List<Unwinder> more, Code code) {
        List<Unwinder> ways = new ArrayList<>(more);
        orc.ifPresent(tables -> ways.add(new OrcUnwinder(tables, rules)));
        boolean described = !ways.isEmpty();
        if (!described) {
            ways.add(new FramePointers(code, rules));
        }
        ways.add(new WildJump(code, rules));
        ways.add(new CallSites(code, rules));
        if (described) {
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
        return areas.taskStackBytes();
    }

    /// The stack of a task: where it waits, or what it was doing on its CPU when the kernel died.
    public StackTrace of(Task task) throws IOException {
        try {
            Optional<Cpu> cpu = cpuOf(task);
            return cpu.isPresent() ? of(cpu.get()) : sleeping(task);
        } catch (MissingSymbol lost) {
            return sleeping(task)
                    .remarked("where it waited last; whether it was running cannot be told: " + lost.getMessage());
        }
    }

    /// The CPU whose stack is the task's: the one that runs it, or that was just leaving it.
    private Optional<Cpu> cpuOf(Task task) throws IOException {
        Optional<Cpu> cpu = kernel.cpus().running(task);
        if (cpu.isPresent() && areas.switchingFrom(cpu.get()).isEmpty()) {
            return cpu;
        }
        for (Cpu other : kernel.cpus()) {
            if (areas.switchingFrom(other).filter(task::equals).isPresent()) {
                return Optional.of(other);
            }
        }
        return Optional.empty();
    }

    private StackTrace sleeping(Task task) throws IOException {
        try {
            if (task.stack() == 0) {
                return StackTrace.nothing("the task has ended and its stack was freed");
            }
            StackMemory stacks = new StackMemory(kernel.space(), List.of(areas.of(task)), hooks(task::struct));
            return completed(task, sleeping(task, stacks), stacks);
        } catch (MemoryFault lost) {
            return StackTrace.nothing(lost.getMessage());
        }
    }

    private StackTrace sleeping(Task task, StackMemory stacks) throws IOException {
        try {
            Optional<StackRules.SwitchedOut> start = rules.switchedOut(kernel, task.struct());
            return start.isEmpty()
                    ? StackTrace.nothing("this kernel does not tell what its scheduler saves")
                    : tracer.from(
                            new FrameState(start.get().registers(), false),
                            start.get().slot(),
                            FoundBy.SWITCH_FRAME,
                            stacks);
        } catch (MemoryFault lost) {
            return lastSwitch
                    .trace(stacks)
                    .map(trace -> trace.remarked("where the task waits is told by the last switch to another task that"
                            + " its stack shows: " + lost.getMessage()))
                    .orElse(StackTrace.nothing(lost.getMessage()));
        }
    }

    /// The stack of a CPU from the last call before the kernel died.
    public StackTrace of(Cpu cpu) throws IOException {
        Optional<CpuRegisters> saved = cpu.registers();
        if (saved.isEmpty()) {
            return withoutRegisters(cpu);
        }
        StackMemory stacks = memory(cpu);
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
        StackMemory stacks = memory(cpu);
        Registers registers = saved.get().registers();
        StackTrace trace =
                tracer.from(new FrameState(registers, true), registers.stackPointer(), FoundBy.REGISTERS, stacks);
        return completed(cpu, trace, stacks);
    }

    /// The stack of a task from a place on it that the user gives: `slot` is where the return address `address`
    /// lies.
    ///
    /// The chain is broken from the start where the slot is on none of [#areas(Task)].
    public StackTrace from(Task task, long slot, long address) throws IOException {
        StackMemory stacks = memory(task);
        Registers registers = Registers.caller(
                rules.registerNames(), address, slot + kernel.space().wordBytes());
        return completed(task, tracer.from(new FrameState(registers, false), slot, FoundBy.GIVEN, stacks), stacks);
    }

    /// The same chain with all words between its frames that point into code as frames that are guesses: what
    /// earlier calls left behind is among them, and so is a caller that the chain missed.
    public StackTrace withStaleCalls(Task task, StackTrace trace) throws IOException {
        return new StaleCalls(code, rules, memory(task), kernel.space().wordBytes()).in(trace);
    }

    /// Registers that an exception may have saved on a stack, the lowest first; copies of them look the same.
    public List<SavedBlock> savedBlocks(StackArea stack) throws IOException {
        SavedBlock.Search search = new SavedBlock.Search(code, rules, kernel.pageTables()::isKernelAddress);
        return search.on(new StackMemory(kernel.space(), List.of(stack)), stack);
    }

    /// All stacks that a task may have been on when the kernel died, its own among them.
    public List<StackArea> areas(Task task) throws IOException {
        return memory(task).areas();
    }

    /// The stacks of a CPU beside those of tasks.
    public List<StackArea> areas(Cpu cpu) throws IOException {
        return rules.stacksOf(kernel, cpu.number());
    }

    private StackMemory memory(Task task) throws IOException {
        Optional<Cpu> cpu = kernel.cpus().running(task);
        List<StackArea> all =
                cpu.isPresent() ? areas.of(cpu.get()) : task.stack() == 0 ? List.of() : List.of(areas.of(task));
        return new StackMemory(kernel.space(), all, hooks(task::struct));
    }

    private StackMemory memory(Cpu cpu) throws IOException {
        ReturnHooks.Owner owner =
                () -> areas.switchingFrom(cpu).orElse(cpu.current()).struct();
        return new StackMemory(kernel.space(), areas.of(cpu), hooks(owner));
    }

    private ReturnHooks hooks(ReturnHooks.Owner owner) throws IOException {
        return new ReturnHooks(trampolines, kernel.types(), probes, owner);
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

    private StackTrace completed(Cpu cpu, StackTrace trace, StackMemory stacks) throws IOException {
        try {
            Optional<Task> left = areas.switchingFrom(cpu);
            return left.isPresent()
                    ? completed(left.get(), trace, stacks)
                            .remarked("CPU " + cpu.number() + " was about to switch to another task")
                    : completed(cpu.current(), trace, stacks);
        } catch (MemoryFault lost) {
            return trace;
        }
    }

    /// With what is known where no chain leads: the user program at the top of the stack, and that it ran over.
    private StackTrace completed(Task task, StackTrace trace, StackMemory stacks) {
        boolean lacksUser = !trace.end().isProper() && !task.isKernelThread();
        StackTrace whole = lacksUser ? withUserProgram(task, trace, stacks) : trace;
        return StackOverflow.in(whole, areas.of(task)).map(whole::remarked).orElse(whole);
    }

    private StackTrace withUserProgram(Task task, StackTrace trace, StackMemory stacks) {
        for (int room : rules.roomAboveUserBlock()) {
            long block = areas.of(task).high() - room - rules.blockBytes();
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
