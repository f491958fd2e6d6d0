package io.inquest.kernel.dwarf;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// The functions of a unit that have code, and what was inlined into them. For one thread at a time.
final class Functions {

    /// Deeper nesting of blocks and inlined calls than any source file has, but not endless in damaged files.
    private static final int DEEPEST_NESTING = 128;

    private record Function(AddressRange range, long offset) {}

    private final Unit unit;
    private final List<Function> functions = new ArrayList<>();

    private Functions(Unit unit) {
        this.unit = unit;
    }

    static Functions of(Unit unit) {
        Functions found = new Functions(unit);
        unit.visitChildren(unit.root(), child -> {
            if (child.tag() == Tag.SUBPROGRAM) {
                for (AddressRange range : Ranges.of(unit, child)) {
                    found.functions.add(new Function(range, child.offset()));
                }
            }
            return true;
        });
        return found;
    }

    Unit unit() {
        return unit;
    }

    /// The entry of the function with the code at an address.
    Optional<Die> at(long address) {
        for (Function function : functions) {
            if (function.range().contains(address)) {
                return Optional.of(unit.die(function.offset()));
            }
        }
        return Optional.empty();
    }

    /// The entries around an address: the function, then the blocks and inlined calls in it, the innermost last.
    List<Die> scopesAt(long address) {
        List<Die> scopes = new ArrayList<>();
        Optional<Die> function = at(address);
        if (function.isPresent()) {
            scopes.add(function.get());
            for (Die next = inner(function.get(), address);
                    next != null && scopes.size() < DEEPEST_NESTING;
                    next = inner(next, address)) {
                scopes.add(next);
            }
        }
        return scopes;
    }

    private @Nullable Die inner(Die outer, long address) {
        Die[] found = new Die[1];
        unit.visitChildren(outer, child -> {
            boolean isScope = child.tag() == Tag.INLINED_SUBROUTINE || child.tag() == Tag.LEXICAL_BLOCK;
            if (isScope && Ranges.of(unit, child).stream().anyMatch(range -> range.contains(address))) {
                found[0] = child;
                return false;
            }
            return true;
        });
        return found[0];
    }

    /// The name of a function or inlined call, which may be that of its abstract entry or declaration.
    static String name(Dwarf dwarf, Unit unit, Die die) {
        Unit at = unit;
        Die named = die;
        for (int i = 0; i < DEEPEST_NESTING; i++) {
            String name = at.name(named);
            if (!name.isEmpty()) {
                return name;
            }
            OptionalLong next = at.reference(named, Attribute.ABSTRACT_ORIGIN);
            next = next.isPresent() ? next : at.reference(named, Attribute.SPECIFICATION);
            if (next.isEmpty()) {
                return "";
            }
            at = dwarf.unit(next.getAsLong());
            named = at.die(DieReference.offset(next.getAsLong()));
        }
        return "";
    }
}
