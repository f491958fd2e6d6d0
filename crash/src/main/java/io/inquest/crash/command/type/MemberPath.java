package io.inquest.crash.command.type;

import io.inquest.crash.UsageException;
import io.inquest.kernel.object.KernelObject;
import io.inquest.kernel.type.ArrayType;
import io.inquest.kernel.type.KernelType;
import io.inquest.kernel.type.Member;
import io.inquest.kernel.type.StructType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A member of a struct as users write it: `comm`, `se.avg.util_avg`, `cpus_mask.bits[0]`.
///
/// @param text as the user wrote it
record MemberPath(String text) {

    /// Where a member stands in the definition of its struct.
    ///
    /// @param depth number of unnamed structs around it
    /// @param last whether nothing follows it in the one directly around it
    record Position(int depth, boolean last) {}

    /// Whether it is the name of a member and no path to one inside.
    boolean isName() {
        return text.indexOf('.') < 0 && text.indexOf('[') < 0;
    }

    /// The object that it leads to, or [UsageException] when the type has none.
    KernelObject in(KernelObject struct) {
        KernelObject at = struct;
        for (String part : parts()) {
            at = part.startsWith("[") ? element(at, part) : named(at, part);
        }
        return at;
    }

    private List<String> parts() {
        List<String> parts = new ArrayList<>();
        int start = 0;
        for (int i = 1; i <= text.length(); i++) {
            char c = i == text.length() ? '.' : text.charAt(i);
            if (c == '.' || c == '[') {
                parts.add(text.substring(start, i));
                start = c == '.' ? i + 1 : i;
            }
        }
        return parts;
    }

    private KernelObject named(KernelObject struct, String name) {
        return struct.find(name).orElseThrow(this::invalid);
    }

    private KernelObject element(KernelObject array, String bracket) {
        try {
            int index = Integer.decode(bracket.substring(1, bracket.length() - 1));
            if (bracket.endsWith("]") && index >= 0 && array.type().plain() instanceof ArrayType) {
                return array.element(index);
            }
        } catch (NumberFormatException notANumber) {
            // The same answer as for an index that is out of bounds.
        }
        throw invalid();
    }

    private UsageException invalid() {
        return new UsageException("invalid data structure member reference: " + text);
    }

    /// Offset in bytes from the start of the struct.
    long offsetIn(StructType struct, KernelObject anywhere) {
        return in(anywhere.as(struct)).address() - anywhere.address();
    }

    /// Where the member, or the outermost one of a path, stands in a struct.
    Position positionIn(StructType struct) {
        Position found = find(struct, parts().getFirst(), 0).orElse(new Position(0, false));
        return isName() ? found : new Position(0, found.last() && found.depth() == 0);
    }

    private static Optional<Position> find(StructType struct, String name, int depth) {
        List<Member> members = struct.members();
        for (int i = 0; i < members.size(); i++) {
            Member member = members.get(i);
            if (member.name().equals(name)) {
                return Optional.of(new Position(depth, i == members.size() - 1));
            }
            KernelType type = member.type().plain();
            if (member.name().isEmpty() && type instanceof StructType inner && depth < 16) {
                Optional<Position> below = find(inner, name, depth + 1);
                if (below.isPresent()) {
                    return below;
                }
            }
        }
        return Optional.empty();
    }
}
