package io.inquest.crash.value;

import io.inquest.kernel.type.ArrayType;
import io.inquest.kernel.type.KernelType;
import io.inquest.kernel.type.Member;
import io.inquest.kernel.type.PointerType;
import io.inquest.kernel.type.StructType;
import io.inquest.kernel.type.TypedefType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongFunction;

/// Definitions of structs and unions as C declares them, with or without the offset of each member.
///
/// ```
/// struct list_head {
///    [0] struct list_head *next;
///    [8] struct list_head *prev;
/// }
/// SIZE: 16
/// ```
///
/// Structs without a name are written out where they stand.
public final class StructText {

    private static final int INDENT = 4;
    private static final int DEEPEST = 16;

    /// What stands before a member's declaration, and before lines that are no member's.
    private record Margin(LongFunction<String> offset, String none) {}

    private final StructType struct;
    private final boolean hexadecimal;

    /// With decimal offsets and sizes.
    public StructText(StructType struct) {
        this(struct, false);
    }

    /// With offsets and sizes as `0x10` if `hexadecimal`.
    public StructText(StructType struct, boolean hexadecimal) {
        this.struct = struct;
        this.hexadecimal = hexadecimal;
    }

    /// Without offsets; the lines end with the size.
    public String definition() {
        return head() + " {\n" + body(new Margin(offset -> " ".repeat(INDENT), " ".repeat(INDENT))) + "}" + size();
    }

    /// With the offset of each member.
    public String withOffsets() {
        return head() + " {\n" + body(offsets()) + "}" + size();
    }

    /// With the address of each member in the struct at `address`.
    public String withAddresses(long address) {
        return head() + " {\n" + body(addresses(address)) + "}" + size();
    }

    /// One member, or one deeper inside, with its offset, between the lines of its struct.
    public String memberAt(KernelType type, String path, long offset) {
        return head() + " {\n" + offsets().offset().apply(offset) + type.declare(path) + ";\n}\n";
    }

    /// One member, or one deeper inside, with its address.
    public String memberAtAddress(KernelType type, String path, long address) {
        return head() + " {\n" + addresses(0).offset().apply(address) + type.declare(path) + ";\n}\n";
    }

    /// The definition behind `typedef`.
    public static String typedef(TypedefType typedef) {
        String definition = typedef.plain() instanceof StructType struct
                ? "typedef " + new StructText(struct).head() + " {\n"
                        + new StructText(struct).body(new Margin(offset -> " ".repeat(INDENT), " ".repeat(INDENT)))
                        + "} " + typedef.alias() + ";"
                : "typedef " + typedef.plain().declare(typedef.alias()) + ";";
        return definition + "\nSIZE: " + typedef.bytes() + "\n";
    }

    private String head() {
        return struct.keyword() + (struct.tag().isEmpty() ? "" : " " + struct.tag());
    }

    private String size() {
        return "\nSIZE: " + number(struct.bytes()) + "\n";
    }

    private String number(long number) {
        return hexadecimal ? "0x" + Long.toHexString(number) : Long.toString(number);
    }

    private Margin offsets() {
        int width = number(struct.bytes()).length() + 4;
        return new Margin(
                offset -> {
                    String text = "[" + number(offset) + "]";
                    return " ".repeat(Math.max(0, width - text.length())) + text + " ";
                },
                " ".repeat(width + 1));
    }

    private static Margin addresses(long address) {
        return new Margin(offset -> "  [" + Long.toHexString(address + offset) + "] ", " ".repeat(21));
    }

    private String body(Margin margin) {
        StringBuilder out = new StringBuilder();
        members(out, struct, 0, 0, margin);
        return out.toString();
    }

    private static void members(StringBuilder out, StructType of, long before, int depth, Margin margin) {
        if (of.members().isEmpty()) {
            out.append(margin.none()).repeat(' ', depth * INDENT).append("<no data fields>\n");
        }
        for (Member member : of.members()) {
            member(out, member, before, depth, margin);
        }
    }

    private static void member(StringBuilder out, Member member, long before, int depth, Margin margin) {
        Optional<StructType> unnamed = unnamedStruct(member.type());
        if (unnamed.isEmpty() || depth > DEEPEST) {
            out.append(margin.offset().apply(before + member.offset()))
                    .repeat(' ', depth * INDENT)
                    .append(member.type().declare(member.name()))
                    .append(member.isBitField() ? " : " + member.bitFieldBits() : "")
                    .append(";\n");
            return;
        }
        out.append(margin.none()).repeat(' ', depth * INDENT);
        out.append(unnamed.get().keyword()).append(" {\n");
        members(out, unnamed.get(), before + member.offset(), depth + 1, margin);
        out.append(margin.none()).repeat(' ', depth * INDENT).append('}');
        String declaration = member.type().declare(member.name());
        out.append(declaration.substring(declaration.indexOf('}') + 1)).append(";\n");
    }

    /// The struct without a tag that a declaration of that type begins with.
    private static Optional<StructType> unnamedStruct(KernelType type) {
        KernelType at = type;
        for (int depth = 0; depth < DEEPEST; depth++) {
            if (at instanceof ArrayType array) {
                at = array.element();
            } else if (at instanceof PointerType pointer) {
                at = pointer.target();
            } else {
                break;
            }
        }
        return at instanceof StructType struct && struct.tag().isEmpty() ? Optional.of(struct) : Optional.empty();
    }

    /// The names of all members, those of unnamed structs inside included, in the order of their declaration.
    public static List<String> memberNames(StructType struct) {
        List<String> names = new ArrayList<>();
        collect(struct, names, 0);
        return names;
    }

    private static void collect(StructType struct, List<String> names, int depth) {
        for (Member member : struct.members()) {
            if (!member.name().isEmpty()) {
                names.add(member.name());
            } else if (depth < DEEPEST && member.type().plain() instanceof StructType inner) {
                collect(inner, names, depth + 1);
            }
        }
    }
}
