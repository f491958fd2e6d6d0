package io.inquest.kernel.dwarf;

import io.inquest.dump.io.ByteSource;
import io.inquest.kernel.elf.ElfObject;
import io.inquest.kernel.elf.SectionCursor;
import io.inquest.kernel.elf.SectionFault;
import java.io.IOException;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// The debug sections of one object, found and expanded when they are first asked for.
///
/// In files of split units their names end in `.dwo`. Safe for many threads.
final class DebugSections {

    private final ElfObject object;
    private final String suffix;
    private final Map<String, SplitPackage.Part> parts;
    private final Map<String, Optional<ByteSource>> sections = new HashMap<>();

    private DebugSections(ElfObject object, String suffix, Map<String, SplitPackage.Part> parts) {
        this.object = object;
        this.suffix = suffix;
        this.parts = parts;
    }

    static DebugSections of(ElfObject object) {
        return new DebugSections(object, "", Map.of());
    }

    /// Those of a `.dwo` or `.dwp` file.
    static DebugSections ofSplit(ElfObject object) {
        return new DebugSections(object, ".dwo", Map.of());
    }

    /// Those of one unit in a `.dwp` file.
    static DebugSections ofPackaged(ElfObject object, Map<String, SplitPackage.Part> parts) {
        return new DebugSections(object, ".dwo", parts);
    }

    String name() {
        return object.name();
    }

    ByteOrder order() {
        return object.order();
    }

    boolean isSplit() {
        return !suffix.isEmpty();
    }

    /// The section of a name such as `.debug_info`.
    ///
    /// Throws a [SectionFault] where it is there and damaged.
    synchronized Optional<ByteSource> find(String name) {
        Optional<ByteSource> found = sections.get(name);
        if (found == null) {
            try {
                found = object.bytes(name + suffix).map(bytes -> part(name, bytes));
            } catch (IOException damaged) {
                throw new SectionFault(String.valueOf(damaged.getMessage()), damaged);
            }
            sections.put(name, found);
        }
        return found;
    }

    /// A new cursor over a section; throws a [SectionFault] when there is none.
    SectionCursor cursor(String name, int windowBytes) {
        ByteSource section =
                find(name).orElseThrow(() -> new SectionFault(object.name() + ": has no section " + name + suffix));
        return new SectionCursor(section, order(), windowBytes);
    }

    private ByteSource part(String name, ByteSource bytes) {
        SplitPackage.Part part = parts.get(name);
        return part == null ? bytes : PartSource.of(bytes, part.offset(), part.bytes());
    }

    /// A cursor over a section whose name never ends in `.dwo`.
    SectionCursor unsuffixedCursor(String name) {
        try {
            ByteSource section =
                    object.bytes(name).orElseThrow(() -> new SectionFault(object.name() + ": has no section " + name));
            return new SectionCursor(section, order(), SectionCursor.SMALL_WINDOW);
        } catch (IOException damaged) {
            throw new SectionFault(String.valueOf(damaged.getMessage()), damaged);
        }
    }

    /// The section in which units are.
    String nameOf(UnitHeader.Section section) {
        return switch (section) {
            case INFO -> ".debug_info";
            case TYPES -> ".debug_types";
        };
    }
}
