package io.inquest.crash.command.type;

import io.inquest.crash.UsageException;
import io.inquest.kernel.type.KernelType;
import io.inquest.kernel.type.StructType;
import io.inquest.kernel.type.TypeKind;
import io.inquest.kernel.type.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What a user wants to see of a type: `task_struct`, `task_struct.comm,pid`.
///
/// @param type a struct, union or typedef
/// @param members those asked for; none for all
record TypeRequest(KernelType type, List<MemberPath> members) {

    /// Which types a command shows.
    enum Accepts {
        STRUCTS,
        UNIONS,
        /// Typedefs, too.
        ALL
    }

    /// Understands a word, or throws a [UsageException].
    static TypeRequest parse(Types types, String word, Accepts accepts) {
        int dot = word.indexOf('.');
        String name = dot < 0 ? word : word.substring(0, dot);
        KernelType type = find(types, name, accepts);
        return new TypeRequest(type, dot < 0 ? List.of() : members(word.substring(dot + 1)));
    }

    private static List<MemberPath> members(String list) {
        List<MemberPath> members = new ArrayList<>();
        int start = 0;
        for (int comma = list.indexOf(','); comma >= 0; comma = list.indexOf(',', start)) {
            members.add(new MemberPath(list.substring(start, comma)));
            start = comma + 1;
        }
        members.add(new MemberPath(list.substring(start)));
        return members;
    }

    private static KernelType find(Types types, String name, Accepts accepts) {
        Optional<StructType> found =
                types.findStruct(name).filter(struct -> struct.tag().equals(name));
        if (found.isEmpty()) {
            return typedef(types, name, accepts);
        }
        StructType struct = found.get();
        boolean isUnion = struct.keyword() == StructType.Keyword.UNION;
        if (accepts != Accepts.ALL && isUnion != (accepts == Accepts.UNIONS)) {
            throw new UsageException("data type mismatch: " + name + " is not a " + word(accepts));
        }
        return struct;
    }

    private static KernelType typedef(Types types, String name, Accepts accepts) {
        Optional<KernelType> typedef =
                types.named(TypeKind.TYPEDEF, name).stream().findFirst();
        if (typedef.isEmpty()) {
            throw new UsageException("invalid data structure reference: " + name);
        }
        if (accepts != Accepts.ALL) {
            throw new UsageException("data type mismatch: " + name + " is not a " + word(accepts));
        }
        return typedef.get();
    }

    private static String word(Accepts accepts) {
        return accepts == Accepts.UNIONS ? "union" : "struct";
    }

    /// The struct or union that it is in the end.
    StructType struct() {
        if (type.plain() instanceof StructType struct) {
            return struct;
        }
        throw new UsageException("data type mismatch: " + type.name() + " has no members");
    }
}
