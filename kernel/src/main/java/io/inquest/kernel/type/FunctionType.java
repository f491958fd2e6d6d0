package io.inquest.kernel.type;

import java.util.List;
import java.util.function.Supplier;

/// The type of a function.
public final class FunctionType implements KernelType {

    /// A parameter; the name is empty where the type information has none.
    public record Parameter(String name, KernelType type) {}

    private final Later<KernelType> result;
    private final Later<List<Parameter>> parameters;
    private final boolean variadic;

    public FunctionType(Supplier<KernelType> result, Supplier<List<Parameter>> parameters, boolean variadic) {
        this.result = new Later<>(result);
        this.parameters = new Later<>(parameters);
        this.variadic = variadic;
    }

    public KernelType result() {
        return result.get();
    }

    public List<Parameter> parameters() {
        return parameters.get();
    }

    /// Whether `...` follows the parameters.
    public boolean variadic() {
        return variadic;
    }

    @Override
    public long bytes() {
        return 0;
    }

    @Override
    public String toString() {
        return name();
    }
}
