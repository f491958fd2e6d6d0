package io.inquest.crash.report.dump;

import io.inquest.crash.code.Expression;
import io.inquest.crash.code.Expressions;
import io.inquest.crash.code.FunctionCode;
import io.inquest.crash.code.Value;
import io.inquest.crash.code.ValueFlow;
import io.inquest.crash.report.DeadCode;
import io.inquest.crash.report.Fact;
import io.inquest.crash.report.code.BadAccess;
import io.inquest.crash.report.code.CodeListing;
import io.inquest.crash.report.code.Divisor;
import io.inquest.kernel.Kernel;
import io.inquest.kernel.Mapping;
import io.inquest.kernel.arch.Instruction;
import io.inquest.kernel.arch.Registers;
import io.inquest.kernel.stack.Frame;
import io.inquest.kernel.symbol.Place;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The code in which the kernel died, out of its own memory, and which pointer was to blame.
///
/// Where that pointer came from is a guess: the function is followed from its start ([ValueFlow]), and the kernel's
/// types say what its arguments are.
final class CodeOfDeath {

    /// Functions that the tracer has called first in others; they change nothing.
    private static final List<String> TRACERS = List.of("__fentry__", "ftrace_");

    private final Kernel kernel;
    private final Place place;
    private final Registers registers;

    private CodeOfDeath(Kernel kernel, Place place, Registers registers) {
        this.kernel = kernel;
        this.place = place;
        this.registers = registers;
    }

    /// Of the frame that an exception came upon; nothing if it is not in a function.
    static DeadCode of(Kernel kernel, Frame frame) throws IOException {
        Optional<Place> place = kernel.symbols().at(frame.address());
        Optional<Registers> registers = frame.registers();
        return place.isEmpty() || !place.get().symbol().isText() || registers.isEmpty()
                ? DeadCode.NONE
                : new CodeOfDeath(kernel, place.get(), registers.get()).describe();
    }

    private DeadCode describe() throws IOException {
        FunctionCode code = FunctionCode.of(kernel, place.symbol());
        int trap = code.indexOf(place.address());
        if (trap < 0 || code.instructions().get(trap).address() != place.address()) {
            return DeadCode.NONE;
        }
        Instruction trapping = code.instructions().get(trap);
        List<Fact> facts = new ArrayList<>();
        facts.add(new Fact("instruction", trapping.text(this::name)));
        Divisor.of(trapping, registers::find).ifPresent(facts::add);
        Optional<BadAccess> access = BadAccess.of(trapping, registers::find, this::isBad);
        if (access.isPresent()) {
            facts.addAll(access.get().facts());
            facts.addAll(source(code, trapping, access.get()));
        }
        return new DeadCode(
                CodeListing.around(
                        code.instructions(),
                        trap,
                        code::bytesOf,
                        address -> new Place(
                                        place.symbol(), address - place.symbol().address())
                                .toString(),
                        this::name),
                facts);
    }

    /// Where the kernel was loaded means nothing to the reader; addresses without a name are shown.
    private String name(long address) {
        try {
            return kernel.symbols().at(address).map(Place::toString).orElse("0x" + Long.toHexString(address));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private boolean isBad(long address) {
        try {
            return !(kernel.space().translate(address, 1) instanceof Mapping.Mapped);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /// What the bad register was, and which member was asked for.
    private List<Fact> source(FunctionCode code, Instruction trapping, BadAccess access) throws IOException {
        ValueFlow flow =
                new ValueFlow(code.instructions(), kernel.architecture().callingConvention(), this::isTracer);
        Expressions expressions = new Expressions(kernel, place.symbol());
        Optional<Value> value = flow.before(trapping.address()).register(access.register());
        Optional<Expression> pointer =
                value.isEmpty() ? Optional.empty() : expressions.of(value.get().origin());
        if (pointer.isEmpty()) {
            return candidates(expressions, access);
        }
        List<Fact> facts = new ArrayList<>();
        facts.add(new Fact("that is (a guess)", pointer.get().declaration()));
        pointer.get()
                .member(value.get().plus() + access.distance(), access.memory().bytes())
                .ifPresent(member -> facts.add(new Fact("member (a guess)", member.text())));
        return facts;
    }

    /// Arguments that have a member of that size at that distance.
    private static List<Fact> candidates(Expressions expressions, BadAccess access) {
        List<String> members = expressions.parameters().stream()
                .flatMap(parameter ->
                        parameter.member(access.distance(), access.memory().bytes()).stream())
                .filter(member -> member.type().bytes() == access.memory().bytes())
                .map(Expression::text)
                .toList();
        return members.isEmpty() ? List.of() : List.of(new Fact("perhaps", String.join(" or ", members)));
    }

    private boolean isTracer(long function) {
        String name = name(function);
        return TRACERS.stream().anyMatch(name::startsWith);
    }
}
