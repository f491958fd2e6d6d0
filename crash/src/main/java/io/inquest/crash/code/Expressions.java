package io.inquest.crash.code;

import io.inquest.kernel.Kernel;
import io.inquest.kernel.symbol.Place;
import io.inquest.kernel.symbol.Symbol;
import io.inquest.kernel.type.FunctionType;
import io.inquest.kernel.type.KernelType;
import io.inquest.kernel.type.StructType;
import io.inquest.kernel.type.TypeKind;
import io.inquest.kernel.type.Types;
import io.inquest.kernel.type.VoidType;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/// Says in C where a function's values come from, by the kernel's types: of functions those tell parameters and
/// results, but not of those that the compiler made (`.isra`, `.part`).
public final class Expressions {

    private static final int WORD = Long.BYTES;

    /// Bytes of the largest variable that is looked for by its offset.
    private static final int MOST_VARIABLE = 1 << 14;

    private final Kernel kernel;
    private final Types types;
    private final Symbol function;

    public Expressions(Kernel kernel, Symbol function) throws IOException {
        this.kernel = kernel;
        this.types = kernel.typesWithModules();
        this.function = function;
    }

    /// Empty where the types do not tell.
    public Optional<Expression> of(Origin origin) throws IOException {
        return switch (origin) {
            case Origin.Argument argument -> argument(argument.number());
            case Origin.Result result -> result(result.function());
            case Origin.Variable variable -> variable(variable);
            case Origin.Loaded loaded -> of(loaded.pointer()).map(pointer -> loaded(pointer, loaded.offset()));
            case Origin.Stack stack -> Optional.empty();
        };
    }

    /// A member where the types tell one, else what is so many bytes behind the pointer.
    private static Expression loaded(Expression pointer, long offset) {
        return pointer.member(offset, WORD)
                .orElseGet(() -> new Expression(
                        "*(" + pointer.text() + (offset < 0 ? " - 0x" : " + 0x") + Long.toHexString(Math.abs(offset))
                                + ")",
                        VoidType.VOID));
    }

    /// The parameters of the function that are in registers; none where its type is not known.
    public List<Expression> parameters() {
        return prototype(function.name()).stream()
                .flatMap(type -> type.parameters().stream())
                .takeWhile(parameter -> fitsRegister(parameter.type()))
                .map(parameter -> new Expression(parameter.name(), parameter.type()))
                .toList();
    }

    private Optional<Expression> argument(int number) {
        List<Expression> parameters = parameters();
        return number < parameters.size() ? Optional.of(parameters.get(number)) : Optional.empty();
    }

    /// A struct is passed in two registers or on the stack.
    private static boolean fitsRegister(KernelType type) {
        return type.bytes() <= WORD && !(type.plain() instanceof StructType);
    }

    private Optional<FunctionType> prototype(String name) {
        return types.named(TypeKind.FUNCTION, name).stream()
                .map(KernelType::plain)
                .filter(FunctionType.class::isInstance)
                .map(FunctionType.class::cast)
                .findFirst();
    }

    private Optional<Expression> result(long address) throws IOException {
        Optional<Place> called = kernel.symbols().at(address).filter(place -> place.offset() == 0);
        return called.map(Place::symbol)
                .map(symbol -> new Expression(
                        symbol.name() + "()",
                        prototype(symbol.name()).map(FunctionType::result).orElse(VoidType.VOID)));
    }

    /// Symbols of per-CPU variables are no addresses of memory before 6.15, but offsets.
    private Optional<Place> place(Origin.Variable variable) throws IOException {
        long address = variable.address();
        Optional<Place> place = kernel.symbols().at(address);
        return place.isPresent() || !variable.perCpu()
                ? place
                : kernel.symbols()
                        .core()
                        .between(
                                Long.compareUnsigned(address, MOST_VARIABLE) < 0 ? 0 : address - MOST_VARIABLE,
                                address + 1)
                        .reduce((before, last) -> last)
                        .map(symbol -> new Place(symbol, address - symbol.address()));
    }

    private Optional<Expression> variable(Origin.Variable variable) throws IOException {
        Optional<Place> place = place(variable);
        if (place.isEmpty()) {
            return Optional.empty();
        }
        String name = place.get().symbol().name();
        long offset = place.get().offset();
        return types.variable(name)
                .flatMap(type -> type.plain() instanceof StructType struct
                        ? MemberAt.find(struct, offset, WORD)
                                .map(member -> new Expression(name + "." + member.path(), member.type()))
                        : Optional.of(new Expression(name, type)).filter(whole -> offset == 0));
    }
}
