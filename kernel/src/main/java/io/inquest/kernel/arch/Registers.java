package io.inquest.kernel.arch;

/// The general registers of one CPU when the kernel died, as its note tells.
public final class Registers {

    private final long stackPointer;
    private final long[] values;

    /// `values` are all registers that may hold a pointer, and are not copied.
    public Registers(long stackPointer, long... values) {
        this.stackPointer = stackPointer;
        this.values = values;
    }

    public long stackPointer() {
        return stackPointer;
    }

    public int count() {
        return values.length;
    }

    public long value(int index) {
        return values[index];
    }
}
