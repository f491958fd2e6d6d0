package io.inquest.crash.shell;

import io.inquest.kernel.type.TypeKind;
import io.inquest.kernel.type.Types;
import java.io.IOException;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The names of structs, unions and typedefs of a kernel, in order: read once, when the first is asked for,
/// because a kernel has tens of thousands and completion must not go through all of them at each key.
final class TypeNames {

    /// Where all names come from.
    @FunctionalInterface
    interface Source {
        void forEach(Consumer<String> names) throws IOException;
    }

    private final Source source;
    private @Nullable NavigableSet<String> sorted;

    TypeNames(Source source) {
        this.source = source;
    }

    static Source of(Types types) {
        return names -> {
            for (TypeKind kind : List.of(TypeKind.STRUCT, TypeKind.UNION, TypeKind.TYPEDEF)) {
                types.names(kind, names);
            }
        };
    }

    /// Those that begin so.
    NavigableSet<String> startingWith(String prefix) throws IOException {
        NavigableSet<String> known = sorted;
        if (known == null) {
            known = new TreeSet<>();
            source.forEach(known::add);
            sorted = known;
        }
        return known.subSet(prefix, true, prefix + Character.MAX_VALUE, false);
    }
}
