package io.inquest.crash.command.type;

import io.inquest.crash.UsageException;
import io.inquest.crash.command.Invocation;
import io.inquest.crash.result.Layout;
import io.inquest.crash.result.Result;
import io.inquest.crash.result.RowSource;
import io.inquest.crash.result.TextWriter;
import io.inquest.kernel.type.ArrayType;
import io.inquest.kernel.type.FunctionType;
import io.inquest.kernel.type.KernelType;
import io.inquest.kernel.type.Member;
import io.inquest.kernel.type.PointerType;
import io.inquest.kernel.type.StructType;
import io.inquest.kernel.type.TypeKind;
import io.inquest.kernel.type.Types;
import io.inquest.output.JsonWriter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/// `whatis -r` and `-m`: structs and unions by their size and by what their members are.
///
/// Structs without a tag are found by their typedef.
///
/// @param low fewest bytes
/// @param high most bytes
/// @param memberType text that the type of a member must have in it; empty for any
record TypeSearch(long low, long high, String memberType) {

    /// Structs are not nested deeper.
    private static final int DEEPEST = 16;

    /// A type found.
    private record Row(String name, StructType type) {}

    static Result of(Invocation invocation, Optional<String> size, Optional<String> member) throws IOException {
        long low = 1;
        long high = Long.MAX_VALUE;
        if (size.isPresent()) {
            String[] range = size.get().split("-", -1);
            low = invocation.number(range[0]);
            high = invocation.number(range[range.length - 1]);
            if (range.length > 2 || low > high) {
                throw new UsageException("invalid size range: " + size.get() + "; expected low-high");
            }
        }
        TypeSearch search = new TypeSearch(low, high, member.orElse(""));
        List<Row> found = search.in(invocation.kernel().typesWithModules());
        return found.isEmpty()
                ? Result.text("(none found)\n")
                : Result.rows("types", RowSource.of(found), new SizeLayout());
    }

    private List<Row> in(Types types) {
        TreeSet<String> names = new TreeSet<>();
        types.names(TypeKind.STRUCT, names::add);
        types.names(TypeKind.UNION, names::add);
        types.names(TypeKind.TYPEDEF, names::add);
        List<Row> found = new ArrayList<>();
        for (String name : names) {
            types.findStruct(name)
                    .filter(struct -> struct.tag().equals(name) || struct.tag().isEmpty())
                    .filter(struct -> struct.bytes() >= Math.max(low, 1) && struct.bytes() <= high)
                    .filter(struct -> memberType.isEmpty() || hasMember(struct, 0))
                    .ifPresent(struct -> found.add(new Row(name, struct)));
        }
        found.sort(Comparator.comparingLong(row -> row.type().bytes()));
        return found;
    }

    private boolean hasMember(StructType struct, int depth) {
        for (Member member : struct.members()) {
            KernelType type = member.type();
            KernelType innermost = innermost(type);
            boolean nameless =
                    innermost instanceof StructType inner && inner.tag().isEmpty();
            // What a function takes is no member.
            boolean named = !nameless && !(innermost instanceof FunctionType);
            if (named && type.name().contains(memberType)) {
                return true;
            }
            KernelType element =
                    type.plain() instanceof ArrayType array ? array.element().plain() : type.plain();
            if (depth < DEEPEST && element instanceof StructType inner && hasMember(inner, depth + 1)) {
                return true;
            }
        }
        return false;
    }

    /// What remains of a type without the pointers to it and arrays of it.
    private static KernelType innermost(KernelType type) {
        KernelType at = type.plain();
        for (int depth = 0; depth < DEEPEST; depth++) {
            if (at instanceof PointerType pointer) {
                at = pointer.target().plain();
            } else if (at instanceof ArrayType array) {
                at = array.element().plain();
            } else {
                break;
            }
        }
        return at;
    }

    private static final class SizeLayout implements Layout<Row> {

        @Override
        public void begin(TextWriter out) throws IOException {
            out.line("SIZE  TYPE");
        }

        @Override
        public void text(Row row, TextWriter out) throws IOException {
            out.right(row.type().bytes(), 4).text("  ").line(row.name());
        }

        @Override
        public void members(Row row, JsonWriter json) throws IOException {
            json.name("type").value(row.name()).name("bytes").value(row.type().bytes());
        }
    }
}
