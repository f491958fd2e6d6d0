package io.inquest.crash.command.stack;

import io.inquest.crash.UsageException;
import io.inquest.crash.command.Command;
import io.inquest.crash.command.CpuList;
import io.inquest.crash.command.Declaration;
import io.inquest.crash.command.Invocation;
import io.inquest.crash.command.Option;
import io.inquest.crash.command.SourceLines;
import io.inquest.crash.command.TaskHeader;
import io.inquest.crash.command.TaskSelection;
import io.inquest.crash.result.Ending;
import io.inquest.crash.result.Result;
import io.inquest.crash.result.RowSource;
import io.inquest.crash.session.Settings;
import io.inquest.crash.value.ValueText;
import io.inquest.kernel.Kernel;
import io.inquest.kernel.stack.StackEnd;
import io.inquest.kernel.stack.StackTrace;
import io.inquest.kernel.task.Cpu;
import io.inquest.kernel.task.Task;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// `bt`: the calls that brought a task to where it was.
public final class BtCommand implements Command {

    private static final Option ACTIVE = Option.flag("a", "the tasks on all CPUs");
    private static final Option CPUS = Option.value("c", "cpus", "the tasks on these CPUs");
    private static final Option GROUP = Option.flag("g", "all threads of the task's process");
    private static final Option PANIC = Option.flag("p", "the task that died");
    private static final Option NO_IDLE = Option.value("n", "idle", "no stacks of idle tasks");
    private static final Option CONTENTS = Option.flag("f", "the words in each frame");
    private static final Option SYMBOLS =
            Option.flag("F", "the same, with symbols and slab caches by name; -FF also the addresses");
    private static final Option LINES = Option.flag("l", "source lines, which need a vmlinux with debug information");
    private static final Option OFFSETS = Option.flag("s", "how far into each function");
    private static final Option HEXADECIMAL = Option.flag("x", "with -s: in hexadecimal");
    private static final Option DECIMAL = Option.flag("d", "with -s: in decimal");
    private static final Option TEXT = Option.flag("t", "every address of code on the stack in use, called or not");
    private static final Option ALL_TEXT = Option.flag("T", "every address of code on the whole stack");
    private static final Option EXCEPTIONS = Option.flag("e", "only where exceptions and system calls came");
    private static final Option RAW = Option.flag("r", "all words of the stack");
    private static final Option CPU_EXCEPTIONS =
            Option.flag("E", "what exceptions saved on the stacks for interrupts and exceptions, of all CPUs or of -c");
    private static final Option STALE =
            Option.flag("o", "every address of code as a frame: those between the frames are guesses");
    private static final Option ALWAYS_STALE = Option.flag("O", "-o from now on; once more: not any more");
    private static final Option SLOT = Option.value("S", "sp", "begin at this place of the stack");
    private static final Option ADDRESS = Option.value("I", "ip", "begin in this code");
    private static final Option VECTORS = Option.flag("A", "vector registers, which this machine type does not save");
    private static final Option LOCALS =
            Option.flag("-locals", "parameters and local variables, which need a vmlinux with debug information");
    private static final Option OVERFLOW = Option.flag("v", "whether any stack ran over");
    private static final Option REFERENCE =
            Option.value("R", "symbol | address", "only stacks with this function, or this word in a frame");

    private static final Declaration DECLARATION = Declaration.of("bt", "stacks: who called whom")
            .options(ACTIVE, CPUS, GROUP, PANIC, NO_IDLE, CONTENTS, SYMBOLS, LINES, OFFSETS, HEXADECIMAL, DECIMAL)
            .options(TEXT, ALL_TEXT, EXCEPTIONS, CPU_EXCEPTIONS, RAW, OVERFLOW, REFERENCE)
            .options(STALE, ALWAYS_STALE, SLOT, ADDRESS, VECTORS, LOCALS)
            .takes("pid | task | command", 0, Declaration.ANY_NUMBER)
            .details("""
                    Frames are found by the kernel's own unwind tables (ORC), out of the dump. A frame that is only a
                    guess has (guess) behind it; in JSON each frame says how it was found. What one has to know of a
                    stack stands under it in parentheses.""")
            .example("bt", "the current task, at first the one that died")
            .example("bt -a", "what all CPUs did")
            .example("bt -g 1234", "all threads of a process")
            .example("bt --locals", "what the functions were called with")
            .example("bt -S ffffc9000d35bcd0 1234", "from this place of a damaged stack on")
            .example("foreach UN bt", "all tasks that hang");

    @Override
    public Declaration declaration() {
        return DECLARATION;
    }

    @Override
    public Result run(Invocation invocation) throws IOException {
        Kernel kernel = invocation.kernel();
        if (invocation.has(VECTORS)) {
            throw new UsageException("-A option not supported or applicable on this architecture or kernel");
        }
        if (invocation.has(ALWAYS_STALE)) {
            return toggled(invocation.session().settings());
        }
        if (invocation.has(CPU_EXCEPTIONS)) {
            return CpuExceptions.of(kernel, cpus(invocation, kernel));
        }
        if (invocation.has(OVERFLOW)) {
            return OverflowCheck.of(
                    kernel, invocation.words().isEmpty() ? kernel.tasks().all() : tasks(invocation));
        }
        checkIdle(invocation);
        List<Task> tasks = tasks(invocation);
        if (invocation.has(RAW)) {
            return Result.rows(
                    "stacks",
                    TaskSelection.rows(tasks, task -> RawStack.of(kernel, task)),
                    new RawStack.RawLayout(kernel));
        }
        if (invocation.has(ALL_TEXT)) {
            return Result.rows(
                    "stacks",
                    TaskSelection.rows(tasks, task -> StackSymbols.ofAll(kernel, task, TaskHeader.of(task))),
                    new StackSymbols.SymbolsLayout());
        }
        if (invocation.has(TEXT)) {
            return Result.rows(
                    "stacks",
                    TaskSelection.rows(tasks, task -> StackSymbols.ofUsed(kernel, stack(kernel, task))),
                    new StackSymbols.SymbolsLayout());
        }
        if (invocation.has(EXCEPTIONS)) {
            return Result.rows(
                    "stacks",
                    TaskSelection.rows(tasks, task -> ExceptionFrames.of(kernel, stack(kernel, task))),
                    new ExceptionFrames.FramesLayout());
        }
        return Result.rows("stacks", stacks(invocation, tasks), layout(invocation));
    }

    private static StackLayout layout(Invocation invocation) throws IOException {
        StackLayout.Offsets offsets = StackLayout.Offsets.NONE;
        if (invocation.has(OFFSETS)) {
            boolean hexadecimal = invocation.has(HEXADECIMAL)
                    || (invocation.session().settings().isHexadecimal() && !invocation.has(DECIMAL));
            offsets = hexadecimal ? StackLayout.Offsets.HEXADECIMAL : StackLayout.Offsets.DECIMAL;
        }
        Kernel kernel = invocation.kernel();
        int named = invocation.arguments().count(SYMBOLS);
        Optional<StackWords> names = named == 0 ? Optional.empty() : Optional.of(new StackWords(kernel, named > 1));
        FrameContents contents = new FrameContents(kernel, named > 0 || invocation.has(CONTENTS), names);
        Optional<SourceLines> lines = invocation.has(LINES) ? Optional.of(SourceLines.of(kernel)) : Optional.empty();
        return new StackLayout(offsets, contents, lines, locals(invocation));
    }

    private static Optional<FrameLocals> locals(Invocation invocation) throws IOException {
        if (!invocation.has(LOCALS)) {
            return Optional.empty();
        }
        ValueText values = invocation.values(invocation.session().settings().isHexadecimal());
        return invocation.kernel().vmlinux().map(vmlinux -> new FrameLocals(vmlinux, values));
    }

    private static void checkIdle(Invocation invocation) {
        Optional<String> word = invocation.value(NO_IDLE);
        if (word.isPresent() && !word.get().equals("idle")) {
            throw new UsageException("-n takes the word idle, not " + word.get());
        }
    }

    private static Result toggled(Settings settings) {
        settings.setStaleCalls(!settings.isStaleCalls());
        return Result.text("bt: use " + (settings.isStaleCalls() ? "old" : "new") + " bt method by default\n");
    }

    private static TaskStack stack(Kernel kernel, Task task) throws IOException {
        return new TaskStack(TaskHeader.of(task), task, kernel.stacks().of(task));
    }

    /// The stack as it is asked for: from another start, with stale calls, or of an idle task none.
    private static TaskStack asked(Invocation invocation, Task task) throws IOException {
        Kernel kernel = invocation.kernel();
        TaskHeader header = TaskHeader.of(task);
        if (invocation.has(NO_IDLE) && task.isIdle()) {
            return TaskStack.leftOut(header, task);
        }
        StackTrace trace = kernel.stacks().of(task);
        if (invocation.has(SLOT) || invocation.has(ADDRESS)) {
            trace = new StartingPoint(address(invocation, SLOT), address(invocation, ADDRESS)).trace(kernel, task);
        }
        boolean stale = invocation.has(STALE) || invocation.session().settings().isStaleCalls();
        return new TaskStack(header, task, stale ? kernel.stacks().withStaleCalls(task, trace) : trace);
    }

    private static OptionalLong address(Invocation invocation, Option option) {
        Optional<String> word = invocation.value(option);
        return word.isEmpty() ? OptionalLong.empty() : OptionalLong.of(invocation.address(word.get()));
    }

    private static RowSource<TaskStack> stacks(Invocation invocation, List<Task> tasks) throws IOException {
        Kernel kernel = invocation.kernel();
        Reference reference = invocation.has(REFERENCE)
                ? Reference.parse(invocation, invocation.value(REFERENCE).orElse(""))
                : Reference.ANY;
        RowSource<TaskStack> all = TaskSelection.rows(tasks, task -> asked(invocation, task));
        return sink -> {
            int[] broken = new int[1];
            Ending ending = all.forEach(stack -> {
                if (reference.isIn(kernel, stack)) {
                    broken[0] += stack.trace().end() instanceof StackEnd.Broken ? 1 : 0;
                    sink.take(stack);
                }
            });
            if (invocation.has(LINES) && !SourceLines.of(kernel).areKnown()) {
                ending = ending.and(Ending.incomplete("source lines need a vmlinux with debug information"));
            }
            if (invocation.has(LOCALS) && kernel.vmlinux().isEmpty()) {
                ending = ending.and(
                        Ending.incomplete("parameters and local variables need a vmlinux with debug information"));
            }
            return broken[0] == 0
                    ? ending
                    : ending.and(Ending.incomplete(broken[0] + (broken[0] == 1 ? " stack is" : " stacks are")
                            + " incomplete, as said under " + (broken[0] == 1 ? "it" : "them")));
        };
    }

    private static List<Task> tasks(Invocation invocation) throws IOException {
        Kernel kernel = invocation.kernel();
        if (invocation.has(ACTIVE) || invocation.has(CPUS)) {
            return onCpus(invocation, kernel);
        }
        if (invocation.has(PANIC)) {
            return List.of(invocation
                    .session()
                    .panicTask()
                    .orElseThrow(() -> new UsageException("it is not known which task died")));
        }
        List<Task> tasks = TaskSelection.orCurrent(invocation);
        return invocation.has(GROUP) ? groups(kernel, tasks) : tasks;
    }

    private static List<Cpu> cpus(Invocation invocation, Kernel kernel) throws IOException {
        if (!invocation.has(CPUS)) {
            return List.copyOf(kernel.cpus().online());
        }
        List<Cpu> wanted = new ArrayList<>();
        for (int number : CpuList.parse(invocation.value(CPUS).orElse(""), kernel)) {
            wanted.add(kernel.cpus().find(number).orElseThrow());
        }
        return wanted;
    }

    private static List<Task> onCpus(Invocation invocation, Kernel kernel) throws IOException {
        List<Task> tasks = new ArrayList<>();
        for (Cpu cpu : cpus(invocation, kernel)) {
            tasks.add(cpu.current());
        }
        return tasks;
    }

    private static List<Task> groups(Kernel kernel, List<Task> leaders) throws IOException {
        List<Task> all = new ArrayList<>();
        for (Task one : leaders) {
            int group = one.tgid();
            for (Task task : kernel.tasks()) {
                if (one.isIdle() ? task.equals(one) : task.tgid() == group && !all.contains(task)) {
                    all.add(task);
                }
            }
        }
        return all;
    }
}
