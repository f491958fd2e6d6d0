package io.inquest.crash.command.type;

import io.inquest.crash.UsageException;
import io.inquest.crash.command.Command;
import io.inquest.crash.command.Declaration;
import io.inquest.crash.command.Invocation;
import io.inquest.crash.command.Option;
import io.inquest.crash.result.Result;
import io.inquest.crash.result.RowSource;
import io.inquest.crash.value.CExpression;
import io.inquest.crash.value.ExpressionException;
import io.inquest.crash.value.KernelScope;
import io.inquest.crash.value.NumberFormat;
import io.inquest.crash.value.Scope;
import io.inquest.crash.value.Value;
import io.inquest.crash.value.ValueText;
import io.inquest.dump.MemoryFault;
import io.inquest.kernel.Kernel;
import io.inquest.kernel.object.KernelObject;
import io.inquest.kernel.type.FunctionType;
import io.inquest.kernel.type.KernelType;
import io.inquest.kernel.type.VoidType;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// `p`: the value of an expression of C.
public final class PrintCommand implements Command {

    public static final String NAME = "p";

    private static final Option HEXADECIMAL = Option.flag("x", "numbers in hexadecimal");
    private static final Option DECIMAL = Option.flag("d", "numbers in decimal");
    private static final Option USER = Option.flag("u", "accepted as in crash");

    private static final Declaration DECLARATION = Declaration.of(NAME, "the value of an expression of C")
            .options(HEXADECIMAL, DECIMAL, USER)
            .takes("[/format] expression | symbol[:cpus]", 1, Declaration.ANY_NUMBER)
            .details("""
                Names of variables, enumerators and numbers, casts, sizeof, members, elements and arithmetic. A symbol
                of a per-CPU variable alone shows its type and addresses, with :0-3, :all or : (the current CPU) the
                values. $1 is the first answer of the session, $ the last. BTF knows the types of few variables:
                where the type is not known, cast, as in *(int *)&sysctl_panic_on_oom. Behind p/ stands the format
                of all numbers: x and z hexadecimal (z with zeros), d decimal, u unsigned, o octal, t binary,
                c character, s as without.\
                """)
            .example("p jiffies", "a variable")
            .example("p -x *(struct list_head *)0xffff888003e1a000", "what lies at an address")
            .example("p/x init_task.tasks", "the same in gdb's way")
            .example("p runqueues:a", "a per-CPU variable");

    @Override
    public Declaration declaration() {
        return DECLARATION;
    }

    @Override
    public Result run(Invocation invocation) throws IOException {
        List<String> words = invocation.arguments().quotedWords();
        // No expression of C begins with a slash.
        boolean isFormatted = words.getFirst().startsWith("/");
        String text = String.join(" ", words.subList(isFormatted ? 1 : 0, words.size()));
        if (text.isEmpty()) {
            throw new UsageException("an expression is missing behind " + words.getFirst());
        }
        ValueText spelling =
                isFormatted ? formatted(invocation, words.getFirst().substring(1)) : asSet(invocation);
        Kernel kernel = invocation.kernel();
        CpuSpec spec = CpuSpec.parse(text);
        if (kernel.isPerCpu(spec.word())) {
            return spec.isGiven() ? copies(invocation, spec, spelling) : addresses(invocation, text);
        }
        Scope scope = new KernelScope(kernel, invocation.session().answers());
        Value value;
        try {
            value = CExpression.evaluate(scope, text);
        } catch (ExpressionException wrong) {
            throw new UsageException("gdb request failed: p " + text + ": " + wrong.getMessage());
        }
        if (value.type().plain() instanceof VoidType) {
            throw new UsageException("the type of " + text + " is not known; cast it, as in *(int *)&" + text);
        }
        checkReadable(value, text);
        boolean isSymbol = !isFormatted && kernel.symbols().address(text).isPresent();
        return answers(spelling, List.of(answer(invocation, isSymbol ? text + " = " : "", value)));
    }

    private static ValueText asSet(Invocation invocation) throws IOException {
        return invocation.values(invocation.has(HEXADECIMAL)
                || (invocation.session().settings().isHexadecimal() && !invocation.has(DECIMAL)));
    }

    private static ValueText formatted(Invocation invocation, String letter) throws IOException {
        ValueText plain = asSet(invocation);
        if (letter.equals("s")) {
            return plain;
        }
        NumberFormat format = NumberFormat.of(letter)
                .orElseThrow(() -> new UsageException(
                        "format " + letter + " is not known; expected one of x, z, d, u, o, t, c, s"));
        return plain.in(format);
    }

    /// A value of which nothing can be read is none, as for gdb; one that is there in part is shown with its
    /// gaps.
    private static void checkReadable(Value value, String text) throws IOException {
        KernelObject place = value.place();
        if (place == null || place.type().plain() instanceof FunctionType || place.bytes() == 0) {
            return;
        }
        Optional<MemoryFault> fault = fault(place, place.address());
        if (fault.isPresent()
                && fault(place, place.address() + place.bytes() - 1).isPresent()) {
            throw new MemoryFault(
                    fault.get().address(),
                    fault.get().state(),
                    "gdb request failed: p " + text + ": " + fault.get().getMessage());
        }
    }

    private static Optional<MemoryFault> fault(KernelObject place, long address) throws IOException {
        try {
            place.space().read(address, ByteBuffer.allocate(1));
            return Optional.empty();
        } catch (MemoryFault fault) {
            return Optional.of(fault);
        }
    }

    private static ValueLayout.Answer answer(Invocation invocation, String label, Value value) {
        return new ValueLayout.Answer(label, invocation.session().answers().add(value), value);
    }

    private static Result answers(ValueText spelling, List<ValueLayout.Answer> answers) {
        return Result.rows("answers", RowSource.of(answers), new ValueLayout(spelling));
    }

    private static Result addresses(Invocation invocation, String symbol) throws IOException {
        Kernel kernel = invocation.kernel();
        KernelType type = new KernelScope(kernel, invocation.session().answers()).typeOf(symbol);
        long address = kernel.symbols().address(symbol).orElseThrow();
        StringBuilder text = new StringBuilder("PER-CPU DATA TYPE:\n  ");
        text.append(type instanceof VoidType ? "(unknown) " + symbol : type.declare(symbol));
        text.append(";\nPER-CPU ADDRESSES:\n");
        for (int cpu : kernel.perCpu().possible().cpus()) {
            long copy = kernel.perCpu().address(address, cpu);
            text.append("  [")
                    .append(cpu)
                    .append("]: ")
                    .append(Long.toHexString(copy))
                    .append('\n');
        }
        return Result.text(text.toString());
    }

    private static Result copies(Invocation invocation, CpuSpec spec, ValueText spelling) throws IOException {
        Kernel kernel = invocation.kernel();
        List<ValueLayout.Answer> answers = new ArrayList<>();
        for (int cpu : spec.cpus(invocation)) {
            KernelObject copy = kernel.perCpu(spec.word(), cpu);
            String label = "per_cpu(" + spec.word() + ", " + cpu + ") = ";
            answers.add(answer(invocation, label, Value.at(copy)));
        }
        return answers(spelling, answers);
    }
}
