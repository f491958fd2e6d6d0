package io.inquest.kernel.type;

import java.util.function.Supplier;

/// An array; one of several dimensions is an array of arrays.
public final class ArrayType implements KernelType {

    /// More than any array has; damaged types may form a ring.
    private static final int MOST_DIMENSIONS = 16;

    private final Later<KernelType> element;
    private final long length;

    /// `length` 0 stands for a flexible array member `[]` too: neither BTF nor C's layout rules tell them apart.
    public ArrayType(Supplier<KernelType> element, long length) {
        this.element = new Later<>(element);
        this.length = length;
    }

    public KernelType element() {
        return element.get();
    }

    /// Number of elements.
    public long length() {
        return length;
    }

    /// Saturates instead of overflowing where damaged type information says so, and is 0 where that leads in a
    /// ring.
    @Override
    public long bytes() {
        long elements = length;
        KernelType each = element().plain();
        for (int depth = 0; depth < MOST_DIMENSIONS; depth++) {
            if (!(each instanceof ArrayType inner)) {
                return saturated(elements, each.bytes());
            }
            elements = saturated(elements, inner.length);
            each = inner.element().plain();
        }
        return 0;
    }

    private static long saturated(long a, long b) {
        long low = a * b;
        return Math.multiplyHigh(a, b) != 0 || low < 0 ? Long.MAX_VALUE : low;
    }

    @Override
    public String toString() {
        return name();
    }
}
