package io.inquest.kernel.type;

import java.util.function.Supplier;

/// A typedef.
public final class TypedefType implements WrapperType {

    private final String alias;
    private final Later<KernelType> target;

    public TypedefType(String alias, Supplier<KernelType> target) {
        this.alias = alias;
        this.target = new Later<>(target);
    }

    /// The name that the typedef declares.
    public String alias() {
        return alias;
    }

    @Override
    public KernelType target() {
        return target.get();
    }

    @Override
    public String toString() {
        return alias;
    }
}
