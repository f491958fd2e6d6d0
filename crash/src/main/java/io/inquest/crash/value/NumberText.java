package io.inquest.crash.value;

import io.inquest.kernel.type.EnumType;
import io.inquest.kernel.type.EnumType.Enumerator;
import io.inquest.kernel.type.FloatType;
import io.inquest.kernel.type.IntegerType;
import io.inquest.kernel.type.KernelType;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Single numbers as gdb prints them: decimal by their type, or hexadecimal for all but enumerations.
///
/// @param hexadecimal whether numbers come out as `0x…`
/// @param format the one in which all of them come out, characters and enumerations included; null for none
record NumberText(boolean hexadecimal, @Nullable NumberFormat format) {

    /// A value of an integer, enumeration or floating point type, in the low bits; those above are ignored.
    String of(KernelType plain, long value) {
        if (format != null && plain.bytes() <= Long.BYTES) {
            return format.of(value, (int) plain.bytes() * Byte.SIZE);
        }
        return switch (plain) {
            case EnumType enumeration -> enumerated(enumeration, value);
            case FloatType real ->
                real.bytes() == Float.BYTES
                        ? Float.toString(Float.intBitsToFloat((int) value))
                        : Double.toString(Double.longBitsToDouble(value));
            case IntegerType integer -> integer(integer, value);
            default -> hex(value);
        };
    }

    private String integer(IntegerType type, long value) {
        int bits = (int) Math.min(type.bytes() * Byte.SIZE, Long.SIZE);
        if (hexadecimal) {
            return hex(low(value, bits));
        }
        return switch (type.use()) {
            case BOOLEAN -> truth(low(value, bits));
            case CHARACTER -> decimal(type.signed(), value, bits) + " " + CharText.character((int) value);
            case NUMBER ->
                decimal(type.signed(), value, bits) + (bits == Byte.SIZE ? " " + CharText.character((int) value) : "");
        };
    }

    private static String truth(long value) {
        return value == 0 ? "false" : value == 1 ? "true" : Long.toUnsignedString(value);
    }

    /// The value of a bit field, which has no character beside it.
    String bitField(KernelType plain, long value) {
        boolean named = plain instanceof EnumType
                || (plain instanceof IntegerType integer && integer.use() == IntegerType.Use.BOOLEAN);
        return hexadecimal || named || format != null ? of(plain, value) : Long.toString(value);
    }

    private static String decimal(boolean signed, long value, int bits) {
        return signed
                ? Long.toString(value << (Long.SIZE - bits) >> (Long.SIZE - bits))
                : Long.toUnsignedString(low(value, bits));
    }

    private static long low(long value, int bits) {
        return bits >= Long.SIZE ? value : value & ((1L << bits) - 1);
    }

    static String hex(long value) {
        return "0x" + Long.toHexString(value);
    }

    /// The name; of flags, the names joined as in `(A | B | unknown: 0x8)`.
    private String enumerated(EnumType type, long value) {
        Optional<String> name = type.nameOf(value);
        if (name.isPresent()) {
            return name.get();
        }
        if (value == 0 || !isFlags(type)) {
            return Long.toString(value);
        }
        StringBuilder text = new StringBuilder("(");
        long left = value;
        for (Enumerator flag : type.enumerators()) {
            if (flag.value() != 0 && (left & flag.value()) == flag.value()) {
                text.append(text.length() > 1 ? " | " : "").append(flag.name());
                left &= ~flag.value();
            }
        }
        if (left != 0) {
            text.append(text.length() > 1 ? " | " : "").append("unknown: ").append(hex(left));
        }
        return text.append(')').toString();
    }

    /// Whether each value has bits of its own.
    private static boolean isFlags(EnumType type) {
        long seen = 0;
        for (Enumerator flag : type.enumerators()) {
            if (flag.value() < 0 || (flag.value() & seen) != 0) {
                return false;
            }
            seen |= flag.value();
        }
        return seen != 0;
    }
}
