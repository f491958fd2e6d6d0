package io.inquest.kernel.type;

import java.util.function.Supplier;

/// A pointer.
public final class PointerType implements KernelType {

    private final Later<KernelType> target;
    private final long bytes;

    /// `bytes` is the machine's pointer size.
    public PointerType(Supplier<KernelType> target, long bytes) {
        this.target = new Later<>(target);
        this.bytes = bytes;
    }

    /// What it points at; [VoidType] for `void *`.
    public KernelType target() {
        return target.get();
    }

    @Override
    public long bytes() {
        return bytes;
    }

    @Override
    public String toString() {
        return name();
    }
}
