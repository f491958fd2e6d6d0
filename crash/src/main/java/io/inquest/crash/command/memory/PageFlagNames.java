package io.inquest.crash.command.memory;

import io.inquest.kernel.type.EnumType;
import io.inquest.kernel.type.EnumType.Enumerator;
import io.inquest.kernel.type.TypeKind;
import io.inquest.kernel.type.Types;
import java.util.ArrayList;
import java.util.List;

/// The names of the flags of struct pages, by `enum pageflags`.
///
/// The numbers before `__NR_PAGEFLAGS` are the flags; names behind it are what some subsystem calls one of
/// them.
public final class PageFlagNames {

    private static final String PREFIX = "PG_";
    private static final String END = "__NR_PAGEFLAGS";

    private final List<Enumerator> all;
    private final List<Enumerator> flags;

    private PageFlagNames(List<Enumerator> all) {
        this.all = all;
        this.flags = all.stream()
                .takeWhile(each -> !each.name().equals(END))
                .filter(each -> each.name().startsWith(PREFIX))
                .toList();
    }

    /// Those of a kernel; none if it does not tell.
    public static PageFlagNames of(Types types) {
        return new PageFlagNames(types.named(TypeKind.ENUM, "pageflags").stream()
                .filter(EnumType.class::isInstance)
                .map(type -> ((EnumType) type).enumerators())
                .findFirst()
                .orElse(List.of()));
    }

    /// The names of the flags in a word, without `PG_`.
    public List<String> in(long word) {
        List<String> names = new ArrayList<>();
        for (Enumerator flag : flags) {
            if ((word >>> flag.value() & 1) != 0) {
                names.add(flag.name().substring(PREFIX.length()));
            }
        }
        return names;
    }

    /// The bit of a flag such as `PG_reserved`; 0 if the kernel does not have it.
    public long bit(String name) {
        return all.stream()
                .filter(each -> each.name().equals(name))
                .mapToLong(each -> 1L << each.value())
                .findFirst()
                .orElse(0);
    }

    /// The flags themselves, without other names for them.
    public List<Enumerator> flags() {
        return flags;
    }

    /// The flags and all other names for them.
    public List<Enumerator> withAliases() {
        return all.stream().filter(each -> each.name().startsWith(PREFIX)).toList();
    }
}
