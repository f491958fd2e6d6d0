package io.inquest.kernel.type;

import java.util.function.Supplier;

/// An array; one of several dimensions is an array of arrays.
public final class ArrayType implements KernelType {

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

    /// Saturates instead of overflowing where damaged type information says so.
    @Override
    public long bytes() {
        long each = element().bytes();
        long high = Math.multiplyHigh(each, length);
        long low = each * length;
        return high != 0 || low < 0 ? Long.MAX_VALUE : low;
    }

    @Override
    public String toString() {
        return name();
    }
}
