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
import io.inquest.kernel.Kernel;
import io.inquest.kernel.stack.StackEnd;
import io.inquest.kernel.task.Cpu;
import io.inquest.kernel.task.Task;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// `bt`: the calls that brought a task to where it was.
public final class BtCommand implements Command {

    private static final Option ACTIVE = Option.flag("a", "the tasks on all CPUs");
    private static final Option CPUS = Option.value("c", "cpus", "the tasks on these CPUs");
    private static final Option GROUP = Option.flag("g", "all threads of the task's process");
    private static final Option PANIC = Option.flag("p", "the task that died");
    private static final Option NO_IDLE = Option.value("n", "idle", "with -a or -c: leave idle tasks out");
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
    private static final Option OVERFLOW = Option.flag("v", "whether any stack ran over");
    private static final Option REFERENCE =
            Option.value("R", "symbol | address", "only stacks with this function, or this word in a frame");

    private static final Declaration DECLARATION = Declaration.of("bt", "stacks: who called whom")
            .options(ACTIVE, CPUS, GROUP, PANIC, NO_IDLE, CONTENTS, SYMBOLS, LINES, OFFSETS, HEXADECIMAL, DECIMAL)
            .options(TEXT, ALL_TEXT, EXCEPTIONS, RAW, OVERFLOW, REFERENCE)
            .takes("pid | task | command", 0, Declaration.ANY_NUMBER)
            .details("""
                    Frames are found by the kernel's own unwind tables (ORC), out of the dump. A frame that is only a
                    guess has (guess) behind it; in JSON each frame says how it was found. What one has to know of a
                    stack stands under it in parentheses.""")
            .example("bt", "the current task, at first the one that died")
            .example("bt -a", "what all CPUs did")
            .example("bt -g 1234", "all threads of a process")
            .example("foreach UN bt", "all tasks that hang");

    @Override
    public Declaration declaration() {
        return DECLARATION;
    }

    @Override
    public Result run(Invocation invocation) throws IOException {
        Kernel kernel = invocation.kernel();
        if (invocation.has(OVERFLOW)) {
            return OverflowCheck.of(
                    kernel, invocation.words().isEmpty() ? kernel.tasks().all() : tasks(invocation));
        }
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
                    TaskSelection.rows(tasks, task -> ExceptionFrames.of(stack(kernel, task))),
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
        return new StackLayout(offsets, contents, lines);
    }

    private static TaskStack stack(Kernel kernel, Task task) throws IOException {
        return new TaskStack(TaskHeader.of(task), task, kernel.stacks().of(task));
    }

    private static RowSource<TaskStack> stacks(Invocation invocation, List<Task> tasks) throws IOException {
        Kernel kernel = invocation.kernel();
        Reference reference = invocation.has(REFERENCE)
                ? Reference.parse(invocation, invocation.value(REFERENCE).orElse(""))
                : Reference.ANY;
        RowSource<TaskStack> all = TaskSelection.rows(tasks, task -> stack(kernel, task));
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

    private static List<Task> onCpus(Invocation invocation, Kernel kernel) throws IOException {
        List<Integer> wanted = invocation.has(CPUS)
                ? CpuList.parse(invocation.value(CPUS).orElse(""), kernel)
                : kernel.cpus().online().stream().map(Cpu::number).toList();
        List<Task> tasks = new ArrayList<>();
        for (int number : wanted) {
            tasks.add(kernel.cpus().find(number).orElseThrow().current());
        }
        if (invocation.has(NO_IDLE)) {
            tasks.removeIf(Task::isIdle);
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
