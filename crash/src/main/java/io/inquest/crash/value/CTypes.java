package io.inquest.crash.value;

import io.inquest.kernel.type.EnumType;
import io.inquest.kernel.type.IntegerType;
import io.inquest.kernel.type.KernelType;

/// The integer types of C that expressions compute in, and C's rules of conversion between them.
final class CTypes {

    static final IntegerType CHAR = new IntegerType("char", 1, true, IntegerType.Use.CHARACTER);
    static final IntegerType INT = new IntegerType("int", 4, true, IntegerType.Use.NUMBER);
    static final IntegerType UNSIGNED = new IntegerType("unsigned int", 4, false, IntegerType.Use.NUMBER);
    static final IntegerType LONG = new IntegerType("long", 8, true, IntegerType.Use.NUMBER);
    static final IntegerType UNSIGNED_LONG = new IntegerType("unsigned long", 8, false, IntegerType.Use.NUMBER);

    private CTypes() {}

    /// The type of a number as it is written: the first of `int`, `unsigned` (not for decimal digits), `long`
    /// and `unsigned long` that holds it and has the properties that its suffix asks for.
    static IntegerType ofLiteral(long value, boolean decimal, boolean asksUnsigned, boolean asksLong) {
        boolean fitsInt = value >= 0 && value <= Integer.MAX_VALUE;
        boolean fitsUnsigned = value >= 0 && value <= 0xffff_ffffL;
        if (!asksLong && fitsInt) {
            return asksUnsigned ? UNSIGNED : INT;
        }
        if (!asksLong && fitsUnsigned && (asksUnsigned || !decimal)) {
            return UNSIGNED;
        }
        return value < 0 || asksUnsigned ? UNSIGNED_LONG : LONG;
    }

    /// What small integers and enumerations become before anything is computed with them.
    static IntegerType promoted(KernelType plain) {
        return switch (plain) {
            case IntegerType integer when integer.bytes() > INT.bytes() -> integer.signed() ? LONG : UNSIGNED_LONG;
            case IntegerType integer when integer.bytes() == INT.bytes() -> integer.signed() ? INT : UNSIGNED;
            case IntegerType integer -> INT;
            case EnumType enumeration ->
                enumeration.bytes() > INT.bytes() ? LONG : enumeration.signed() ? INT : UNSIGNED;
            default -> throw new ExpressionException("Argument to arithmetic operation not a number or boolean.");
        };
    }

    /// The type that an operation of two operands has.
    static IntegerType common(KernelType left, KernelType right) {
        IntegerType a = promoted(left);
        IntegerType b = promoted(right);
        if (a.bytes() != b.bytes()) {
            return a.bytes() > b.bytes() ? a : b;
        }
        return a.signed() ? b : a;
    }

    /// A number cut to the bytes of a type and extended by its sign.
    static long convert(long value, KernelType plain) {
        int bits = (int) Math.min(plain.bytes(), Long.BYTES) * Byte.SIZE;
        if (bits == 0 || bits == Long.SIZE) {
            return value;
        }
        int unused = Long.SIZE - bits;
        boolean signed =
                plain instanceof IntegerType integer ? integer.signed() : plain instanceof EnumType e && e.signed();
        return signed ? value << unused >> unused : value << unused >>> unused;
    }
}
