package io.inquest.crash.value;

import io.inquest.dump.MemoryFault;
import io.inquest.dump.PageState;
import io.inquest.kernel.object.KernelObject;
import io.inquest.kernel.type.ArrayType;
import io.inquest.kernel.type.EnumType;
import io.inquest.kernel.type.FunctionType;
import io.inquest.kernel.type.IntegerType;
import io.inquest.kernel.type.KernelType;
import io.inquest.kernel.type.Member;
import io.inquest.kernel.type.PointerType;
import io.inquest.kernel.type.StructType;
import io.inquest.kernel.type.VoidType;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/// Values as gdb prints them with `set print pretty on`, which is what crash shows.
///
/// ```
/// {
///   next = 0xffffffffc03a3348 <__this_module+8>,
///   prev = 0xffffffffc025e5c8 <__this_module+8>
/// }
/// ```
///
/// A part that the dump does not hold is told in its place, as `<page excluded>`, and the rest is printed: gdb
/// would print nothing at all.
public final class ValueText {

    /// Elements of arrays and strings that are printed, unless somebody sets another number (crash's
    /// `print_max`).
    public static final int DEFAULT_ELEMENTS = 256;

    /// Deeper than any structure of C, not than a damaged description of one.
    private static final int DEEPEST = 64;

    private final NumberText numbers;
    private final AddressNames names;
    private final int mostElements;
    private final boolean nulEnds;

    public ValueText(boolean hexadecimal, AddressNames names, int mostElements) {
        this(new NumberText(hexadecimal, null), names, mostElements, false);
    }

    private ValueText(NumberText numbers, AddressNames names, int mostElements, boolean nulEnds) {
        this.numbers = numbers;
        this.names = names;
        this.mostElements = mostElements;
        this.nulEnds = nulEnds;
    }

    /// The same, but a text in an array of characters ends at its first NUL (crash's `null-stop`).
    public ValueText stoppingAtNul() {
        return new ValueText(numbers, names, mostElements, true);
    }

    /// The same, but all numbers, pointers and characters in one format.
    public ValueText in(NumberFormat format) {
        return new ValueText(new NumberText(numbers.hexadecimal(), format), names, mostElements, nulEnds);
    }

    /// The value of an object, as it stands behind `=`, in lines that are indented by `depth` levels of two
    /// blanks.
    public String of(KernelObject object, int depth) {
        StringBuilder out = new StringBuilder();
        append(out, object.loadedIfReadable(), depth);
        return out.toString();
    }

    /// A value as an answer of its own: a pointer with its type, unless it points at text.
    public String answer(Value value) {
        KernelObject place = value.place();
        if (!(value.plain() instanceof PointerType pointer)) {
            return place == null ? numbers.of(value.plain(), value.computed()) : of(place, 0);
        }
        if (numbers.format() != null) {
            return numbers.of(pointer, value.number());
        }
        String type = isText(pointer.target()) ? "" : "(" + value.type().name() + ") ";
        return type + pointer(pointer, value.number(), value.target());
    }

    /// A number without a name, or the text of a `char` array up to its NUL; empty for a value that is neither, and for
    /// one that the dump does not hold.
    public Optional<String> plain(KernelObject object) {
        try {
            return switch (object.type().plain()) {
                case ArrayType array when isText(array.element()) -> Optional.of('"' + object.string() + '"');
                case IntegerType integer
                when integer.bytes() <= Long.BYTES ->
                    Optional.of(plain(integer.signed() ? object.signed() : object.unsigned(), integer.signed()));
                case EnumType ignored -> Optional.of(plain(object.signed(), true));
                case PointerType ignored -> Optional.of(plain(object.unsigned(), false));
                default -> Optional.empty();
            };
        } catch (MemoryFault missing) {
            return Optional.empty();
        }
    }

    private String plain(long number, boolean signed) {
        if (numbers.hexadecimal()) {
            return "0x" + Long.toHexString(number);
        }
        return signed ? Long.toString(number) : Long.toUnsignedString(number);
    }

    /// What stands in angle brackets behind an address; empty if nothing does.
    public String name(long address) {
        return names.of(address);
    }

    private void append(StringBuilder out, KernelObject object, int depth) {
        if (depth > DEEPEST) {
            out.append("...");
            return;
        }
        try {
            switch (object.type().plain()) {
                case StructType struct -> struct(out, object, struct, depth);
                case ArrayType array -> array(out, object, array, depth);
                case PointerType pointer
                when numbers.format() == null -> out.append(pointer(pointer, object.unsigned(), object.dereference()));
                case FunctionType function ->
                    out.append('{').append(function.name()).append("} ").append(address(object.address()));
                case VoidType ignored -> out.append("void");
                default -> out.append(number(object));
            }
        } catch (MemoryFault fault) {
            out.append('<').append(reason(fault.state())).append('>');
        }
    }

    /// Why memory is not there, in the words of crash's errors.
    public static String reason(PageState state) {
        return switch (state) {
            case EXCLUDED -> "page excluded";
            case LOST -> "page incomplete";
            default -> "not accessible";
        };
    }

    private String number(KernelObject object) {
        KernelType plain = object.type().plain();
        if (plain.bytes() > Long.BYTES) {
            return wide(object.memory(), plain instanceof IntegerType integer && integer.signed());
        }
        return numbers.of(plain, object.signed());
    }

    /// Integers of 128 bits; the bytes are in little-endian order.
    private String wide(byte[] bytes, boolean signed) {
        byte[] bigEndian = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            bigEndian[i] = bytes[bytes.length - 1 - i];
        }
        BigInteger value = signed ? new BigInteger(bigEndian) : new BigInteger(1, bigEndian);
        return numbers.hexadecimal() ? "0x" + value.toString(16) : value.toString();
    }

    private void struct(StringBuilder out, KernelObject object, StructType struct, int depth) {
        List<Member> members = struct.members();
        if (members.isEmpty()) {
            out.append("{<No data fields>}");
            return;
        }
        out.append('{');
        String separator = "\n";
        for (Member member : members) {
            out.append(separator).repeat(' ', 2 + 2 * depth);
            if (!member.name().isEmpty()) {
                out.append(member.name()).append(" = ");
            }
            member(out, object.member(member), member.isBitField(), depth + 1);
            separator = ",\n";
        }
        out.append('\n').repeat(' ', 2 * depth).append('}');
    }

    private void member(StringBuilder out, KernelObject object, boolean isBitField, int depth) {
        if (!isBitField) {
            append(out, object, depth);
            return;
        }
        try {
            out.append(numbers.bitField(object.type().plain(), object.signed()));
        } catch (MemoryFault fault) {
            out.append('<').append(reason(fault.state())).append('>');
        }
    }

    private void array(StringBuilder out, KernelObject object, ArrayType array, int depth) {
        if (isText(array.element()) && numbers.format() == null) {
            out.append(
                    array.length() == 0
                            ? address(object.address()) + " " + pointedText(object.as(array.element()))
                            : text(object));
            return;
        }
        if (array.length() == 0) {
            out.append(address(object.address()));
            return;
        }
        long shown = Math.min(array.length(), mostElements);
        out.append('{');
        for (long i = 0; i < shown; i++) {
            out.append(i > 0 ? ", " : "");
            append(out, object.element(i), depth + 1);
        }
        out.append(shown < array.length() ? "...}" : "}");
    }

    /// One byte at the end is left out when it is NUL, as the one that ends a string.
    private String text(KernelObject object) {
        byte[] bytes = object.memory();
        int nul = nulEnds ? CharText.indexOfNul(bytes) : -1;
        if (nul >= 0 && nul <= mostElements) {
            return CharText.string(bytes, nul);
        }
        if (bytes.length > mostElements) {
            return CharText.string(bytes, mostElements) + "...";
        }
        boolean ended = bytes.length > 0 && bytes[bytes.length - 1] == 0;
        return CharText.string(bytes, ended ? bytes.length - 1 : bytes.length);
    }

    private String pointer(PointerType pointer, long value, KernelObject pointed) {
        String text = address(value);
        return value != 0 && isText(pointer.target()) ? text + " " + pointedText(pointed) : text;
    }

    private String pointedText(KernelObject pointed) {
        try {
            KernelType most = new ArrayType(pointed::type, mostElements + 1L);
            byte[] bytes = pointed.as(most).string().getBytes(StandardCharsets.ISO_8859_1);
            return bytes.length > mostElements
                    ? CharText.string(bytes, mostElements) + "..."
                    : CharText.string(bytes, bytes.length);
        } catch (MemoryFault fault) {
            return "<error: Cannot access memory at address " + NumberText.hex(fault.address()) + ">";
        }
    }

    private String address(long value) {
        String name = value == 0 ? "" : names.of(value);
        return NumberText.hex(value) + (name.isEmpty() ? "" : " <" + name + ">");
    }

    /// Whether elements of a type are characters: all integers of one byte but truth values.
    private static boolean isText(KernelType element) {
        return element.plain() instanceof IntegerType integer
                && integer.bytes() == 1
                && integer.use() != IntegerType.Use.BOOLEAN;
    }
}
