package io.inquest.crash.value;

import io.inquest.kernel.AddressSpace;
import io.inquest.kernel.Kernel;
import io.inquest.kernel.PerCpuSection;
import io.inquest.kernel.object.KernelObject;
import io.inquest.kernel.symbol.Symbol;
import io.inquest.kernel.type.ArrayType;
import io.inquest.kernel.type.FunctionType;
import io.inquest.kernel.type.KernelType;
import io.inquest.kernel.type.MissingType;
import io.inquest.kernel.type.TypeKind;
import io.inquest.kernel.type.Types;
import io.inquest.kernel.type.VoidType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// The names of a kernel's global variables and functions, and earlier answers.
public final class KernelScope implements Scope {

    private final Kernel kernel;
    private final Types types;
    private final AddressSpace space;
    private final Answers answers;

    /// Throws a [io.inquest.dump.DumpException] when the kernel has no types.
    public KernelScope(Kernel kernel, Answers answers) throws IOException {
        this.kernel = kernel;
        this.types = kernel.typesWithModules();
        this.space = kernel.space();
        this.answers = answers;
    }

    @Override
    public Types types() {
        return types;
    }

    @Override
    public AddressSpace space() {
        return space;
    }

    @Override
    public Optional<Value> answer(int number) {
        return answers.find(number);
    }

    @Override
    public Optional<KernelObject> variable(String name) {
        try {
            OptionalLong address = kernel.symbols().address(name);
            return address.isEmpty() ? Optional.empty() : Optional.of(variable(name, address.getAsLong()));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /// The address of a per-CPU variable may be reckoned with, but there is no value.
    private KernelObject variable(String name, long address) throws IOException {
        KernelType type = typeOf(name);
        if (!kernel.isPerCpu(name)) {
            return KernelObject.at(space, type, address);
        }
        long bytes = Math.max(1, type.bytes());
        return KernelObject.at(new PerCpuSection(space, address, address + bytes, at -> name), type, address);
    }

    /// The type of a global, `void` when nobody tells it.
    public KernelType typeOf(String name) throws IOException {
        List<KernelType> functions = types.named(TypeKind.FUNCTION, name);
        if (!functions.isEmpty() && functions.getFirst().plain() instanceof FunctionType) {
            return functions.getFirst();
        }
        try {
            return withLength(kernel.object(name).type(), name);
        } catch (MissingType unknown) {
            return VoidType.VOID;
        }
    }

    /// An array whose length nobody tells is as long as its symbol; strings end by themselves.
    private KernelType withLength(KernelType type, String name) throws IOException {
        if (!(type.plain() instanceof ArrayType array)
                || array.length() > 0
                || array.element().bytes() <= 1) {
            return type;
        }
        long bytes = kernel.symbols().find(name).map(Symbol::bytes).orElse(0L);
        return new ArrayType(array::element, bytes / array.element().bytes());
    }
}
