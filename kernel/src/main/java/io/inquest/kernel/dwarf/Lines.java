package io.inquest.kernel.dwarf;

import io.inquest.kernel.dwarf.UnitHeader.Section;
import io.inquest.kernel.elf.SectionFault;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Source lines and inlined functions of code addresses. Safe for many threads.
public final class Lines {

    /// Units whose lines and functions are kept for the next question.
    private static final int UNITS_KEPT = 32;

    /// What was read of a unit.
    private record Code(Functions functions, Optional<LineTable> lines) {}

    private final Dwarf dwarf;
    private final long moved;
    private final Map<Long, Code> units = new LinkedHashMap<>(UNITS_KEPT, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, Code> eldest) {
            return size() > UNITS_KEPT;
        }
    };
    private @Nullable UnitRanges ranges;

    /// `moved` is what KASLR added to the addresses that the file was linked for; 0 for a module, whose object is
    /// placed where it was loaded.
    public Lines(Dwarf dwarf, long moved) {
        this.dwarf = dwarf;
        this.moved = moved;
    }

    /// The source line of the code at an address; of a call, ask for the address before the one it returns to.
    public Optional<SourceLine> lineAt(long address) {
        return framesAt(address).stream().findFirst().flatMap(SourceFrame::line);
    }

    /// The functions that the source has at an address, the innermost inlined one first; none where nothing is
    /// known.
    public List<SourceFrame> framesAt(long address) {
        synchronized (dwarf) {
            try {
                return frames(address - moved);
            } catch (SectionFault damaged) {
                return List.of();
            }
        }
    }

    private List<SourceFrame> frames(long address) {
        Optional<Code> code = codeAt(address);
        if (code.isEmpty()) {
            return List.of();
        }
        Functions functions = code.get().functions();
        Optional<SourceLine> line = code.get().lines().flatMap(table -> table.at(address));
        List<SourceFrame> frames = new ArrayList<>();
        for (Die scope : functions.scopesAt(address).reversed()) {
            if (scope.tag() == Tag.LEXICAL_BLOCK) {
                continue;
            }
            boolean inlined = scope.tag() == Tag.INLINED_SUBROUTINE;
            frames.add(new SourceFrame(Functions.name(dwarf, functions.unit(), scope), line, inlined));
            line = code.get().lines().map(table -> callPlace(table, scope));
        }
        if (frames.isEmpty() && line.isPresent()) {
            frames.add(new SourceFrame("", line, false));
        }
        return frames;
    }

    private static SourceLine callPlace(LineTable table, Die call) {
        return table.place(
                call.number(Attribute.CALL_FILE, 0),
                call.number(Attribute.CALL_LINE, 0),
                call.number(Attribute.CALL_COLUMN, 0));
    }

    private Optional<Code> codeAt(long address) {
        UnitRanges known = ranges;
        if (known == null) {
            known = UnitRanges.read(dwarf.file(0));
            ranges = known;
        }
        long start = known.unitAt(address);
        if (start < 0) {
            return Optional.empty();
        }
        return Optional.of(units.computeIfAbsent(start, this::read));
    }

    private Code read(long start) {
        Unit unit = dwarf.file(0).unit(Section.INFO, start);
        Optional<LineTable> lines;
        try {
            lines = LineTable.of(unit);
        } catch (SectionFault damaged) {
            lines = Optional.empty();
        }
        return new Code(functions(unit), lines);
    }

    /// Without the split file lines are known, and no functions.
    private static Functions functions(Unit unit) {
        try {
            return Functions.of(unit.whole());
        } catch (SectionFault notAtHand) {
            return Functions.of(unit);
        }
    }
}
