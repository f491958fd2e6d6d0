package io.inquest.kernel.dwarf;

import io.inquest.kernel.Hex;
import io.inquest.kernel.dwarf.UnitHeader.Section;
import io.inquest.kernel.elf.SectionCursor;
import io.inquest.kernel.elf.SectionFault;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One file's units and entries, read here and there. For one thread at a time.
final class DebugFile {

    /// Units whose abbreviations are kept for the next question.
    private static final int UNITS_KEPT = 64;

    private final DebugSections sections;
    private final int number;
    private final UnitStarts starts;
    private final Map<String, SectionCursor> cursors = new HashMap<>();
    private final Map<Long, Unit> units = new LinkedHashMap<>(UNITS_KEPT, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, Unit> eldest) {
            return size() > UNITS_KEPT;
        }
    };
    private final @Nullable Unit skeleton;
    private final FileSet files;
    private @Nullable Map<Long, Long> typeUnits;

    /// `skeleton` is the unit that a split file belongs to, in the main file of the set.
    DebugFile(DebugSections sections, int number, UnitStarts starts, @Nullable Unit skeleton, FileSet files) {
        this.sections = sections;
        this.number = number;
        this.starts = starts;
        this.skeleton = skeleton;
        this.files = files;
    }

    /// The unit that a split file belongs to; null for other files.
    @Nullable
    Unit skeleton() {
        return skeleton;
    }

    /// The files that this one is one of.
    FileSet files() {
        return files;
    }

    /// Its number in a [DieReference].
    int number() {
        return number;
    }

    DebugSections sections() {
        return sections;
    }

    UnitStarts starts() {
        return starts;
    }

    /// The cursor for look-ups in a section, the same every time.
    SectionCursor cursor(String section) {
        return cursors.computeIfAbsent(section, name -> sections.cursor(name, SectionCursor.SMALL_WINDOW));
    }

    /// The unit that an entry at that offset belongs to.
    Unit unitAt(Section section, long offset) {
        long start = starts.containing(section, offset);
        Unit unit = start < 0 ? null : unit(section, start);
        if (unit == null || offset >= unit.header().end()) {
            throw new SectionFault(sections.name() + ": no unit at " + Hex.of(offset));
        }
        return unit;
    }

    Unit unit(Section section, long start) {
        long key = DieReference.of(number, section, start);
        Unit unit = units.get(key);
        if (unit == null) {
            UnitHeader header = UnitHeader.read(cursor(sections.nameOf(section)).seek(start), section);
            unit = new Unit(this, header, Abbreviations.read(cursor(".debug_abbrev"), header.abbreviations()));
            units.put(key, unit);
        }
        return unit;
    }

    /// The type that the type unit of a signature holds.
    Optional<Long> typeOf(long signature) {
        Map<Long, Long> known = typeUnits;
        if (known == null) {
            known = findTypeUnits();
            typeUnits = known;
        }
        return Optional.ofNullable(known.get(signature));
    }

    private Map<Long, Long> findTypeUnits() {
        Map<Long, Long> found = new HashMap<>();
        for (Section section : Section.values()) {
            for (long start : starts.of(section)) {
                UnitHeader header =
                        UnitHeader.read(cursor(sections.nameOf(section)).seek(start), section);
                if (header.kind().isType()) {
                    found.putIfAbsent(header.id(), DieReference.of(number, section, header.type()));
                }
            }
        }
        return found;
    }
}
