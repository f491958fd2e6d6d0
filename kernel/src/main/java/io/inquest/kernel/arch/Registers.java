package io.inquest.kernel.arch;

import java.util.OptionalLong;

/// The registers of one CPU at one place in the code, as far as they are known.
///
/// Those of a note or of an exception frame are all known; of a caller that an unwinder found only those that its
/// tables tell. An unknown register reads as 0. Immutable.
public final class Registers {

    private final RegisterNames names;
    private final long[] values;
    private final long known;

    private Registers(RegisterNames names, long[] values, long known) {
        this.names = names;
        this.values = values;
        this.known = known;
    }

    /// Registers none of which is known.
    public static Registers unknown(RegisterNames names) {
        return new Registers(names, new long[names.count()], 0);
    }

    /// The first `values.length` registers of the machine, which are all known.
    public static Registers of(RegisterNames names, long... values) {
        long[] all = new long[names.count()];
        System.arraycopy(values, 0, all, 0, values.length);
        return new Registers(names, all, (1L << values.length) - 1);
    }

    /// The registers of a caller: only where it was, and its stack pointer.
    public static Registers caller(RegisterNames names, long instructionPointer, long stackPointer) {
        long[] values = new long[names.count()];
        values[names.instructionPointer()] = instructionPointer;
        values[names.stackPointer()] = stackPointer;
        return new Registers(names, values, 1L << names.instructionPointer() | 1L << names.stackPointer());
    }

    /// The same registers but for one, which becomes known.
    public Registers with(int number, long value) {
        long[] changed = values.clone();
        changed[number] = value;
        return new Registers(names, changed, known | 1L << number);
    }

    public RegisterNames names() {
        return names;
    }

    public int count() {
        return values.length;
    }

    public boolean isKnown(int number) {
        return (known >>> number & 1) != 0;
    }

    /// 0 if it is not known.
    public long value(int number) {
        return values[number];
    }

    /// The value of the register of that name, empty if it is not known or the machine has none such.
    public OptionalLong find(String name) {
        int number = names.names().indexOf(name);
        return number >= 0 && isKnown(number) ? OptionalLong.of(values[number]) : OptionalLong.empty();
    }

    public long instructionPointer() {
        return values[names.instructionPointer()];
    }

    public long stackPointer() {
        return values[names.stackPointer()];
    }

    /// 0 if it is not known.
    public long framePointer() {
        return values[names.framePointer()];
    }
}
