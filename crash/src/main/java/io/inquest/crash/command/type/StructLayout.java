package io.inquest.crash.command.type;

import io.inquest.crash.result.Layout;
import io.inquest.crash.result.TextWriter;
import io.inquest.crash.value.StructText;
import io.inquest.crash.value.ValueJson;
import io.inquest.crash.value.ValueText;
import io.inquest.dump.MemoryFault;
import io.inquest.kernel.object.KernelObject;
import io.inquest.kernel.type.ArrayType;
import io.inquest.kernel.type.KernelType;
import io.inquest.kernel.type.PointerType;
import io.inquest.kernel.type.StructType;
import io.inquest.output.JsonWriter;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/// Objects with all of their members, or with those asked for.
///
/// @param values how values are spelled
/// @param members those asked for; none for all
/// @param followPointers whether what a member points at is shown below it
/// @param mostElements of arrays in JSON
record StructLayout(ValueText values, List<MemberPath> members, boolean followPointers, int mostElements)
        implements Layout<StructLayout.Row> {

    private static final String POINTED_INDENT = "     ";

    /// One object.
    ///
    /// @param heading a line above it, empty for none
    /// @param separated whether a blank line stands above it
    record Row(KernelObject object, String heading, boolean separated) {}

    @Override
    public void text(Row row, TextWriter out) throws IOException {
        if (row.separated()) {
            out.newLine();
        }
        if (!row.heading().isEmpty()) {
            out.line(row.heading());
        }
        KernelObject object = row.object().loadedIfReadable();
        if (members.isEmpty() && followPointers && object.type().plain() instanceof StructType struct) {
            out.line(object.type().name() + " {");
            for (String name : StructText.memberNames(struct)) {
                out.lines(memberText(object, new MemberPath(name)));
            }
            out.line("}");
            return;
        }
        if (members.isEmpty()) {
            boolean isStruct = object.type() instanceof StructType;
            out.lines(isStruct ? object.type().name() + " " : "")
                    .lines(values.of(object, 0))
                    .newLine();
            return;
        }
        for (MemberPath member : members) {
            out.lines(memberText(object, member));
        }
    }

    /// Members as bare numbers and texts, a line each, as far as they are some.
    void plainText(Row row, TextWriter out) throws IOException {
        KernelObject object = row.object().loadedIfReadable();
        for (MemberPath member : members) {
            Optional<String> plain = values.plain(member.in(object));
            out.lines(
                    plain.isPresent() ? "  " + member.text() + " = " + plain.get() + "\n" : memberText(object, member));
        }
    }

    private String memberText(KernelObject object, MemberPath member) {
        KernelObject value = member.in(object);
        if (followPointers && value.type().plain() instanceof PointerType) {
            return pointerText(value, member);
        }
        MemberPath.Position position =
                member.positionIn((StructType) object.type().plain());
        int depth = position.depth() + 1;
        return " ".repeat(2 * depth) + member.text() + " = " + values.of(value, depth)
                + (position.last() ? "\n" : ",\n");
    }

    private String pointerText(KernelObject pointer, MemberPath member) {
        String line = "  " + pointer.type().declare(member.text()) + " = 0x" + Long.toHexString(pointer.unsigned());
        if (pointer.isZero()) {
            return line + "\n  -> NULL\n";
        }
        KernelObject target = pointer.dereference();
        if (!isThere(target)) {
            return line + "\n  -> (not accessible)\n";
        }
        String name = values.name(target.address());
        String value = values.of(target, 0).replace("\n", "\n" + POINTED_INDENT);
        return line + "\n  -> " + (name.isEmpty() || name.contains("+") ? "" : "<" + name + "> ") + value + "\n";
    }

    private static boolean isThere(KernelObject target) {
        try {
            target.word(0);
            return true;
        } catch (MemoryFault missing) {
            return false;
        }
    }

    @Override
    public void members(Row row, JsonWriter json) throws IOException {
        KernelObject object = row.object();
        json.name("address")
                .hex(object.address())
                .name("type")
                .value(object.type().name());
        ValueJson value = new ValueJson(json, mostElements);
        if (members.isEmpty()) {
            json.name("value");
            value.value(object);
            return;
        }
        for (MemberPath member : members) {
            json.name(member.text());
            value.value(member.in(object));
        }
    }

    /// The definition of a type instead of a value.
    record Definition(KernelType type, String text) {}

    /// How definitions look.
    static final class OfDefinition implements Layout<Definition> {

        @Override
        public void text(Definition row, TextWriter out) throws IOException {
            out.lines(row.text());
        }

        @Override
        public void members(Definition row, JsonWriter json) throws IOException {
            json.name("type")
                    .value(row.type().name())
                    .name("bytes")
                    .value(row.type().bytes());
            if (row.type().plain() instanceof StructType struct) {
                json.name("members").beginArray();
                for (String name : StructText.memberNames(struct)) {
                    member(struct, name, json);
                }
                json.endArray();
            }
            json.name("definition").value(row.text());
        }

        private static void member(StructType struct, String name, JsonWriter json) throws IOException {
            var member = struct.require(name);
            json.beginObject().name("name").value(name).name("offset").value(member.offset());
            json.name("declaration").value(member.type().declare(name));
            if (member.isBitField()) {
                json.name("bits").value(member.bitFieldBits());
            }
            if (member.type().plain() instanceof ArrayType array) {
                json.name("elements").value(array.length());
            }
            json.endObject();
        }
    }
}
