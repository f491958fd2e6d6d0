package io.inquest.kernel.type;

import java.util.function.Supplier;

/// A typedef.
public final class TypedefType implements KernelType {

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

    public KernelType target() {
        return target.get();
    }

    @Override
    public long bytes() {
        return plain().bytes();
    }

    @Override
    public KernelType plain() {
        return Wrappers.strip(this);
    }

    @Override
    public String toString() {
        return alias;
    }
}
