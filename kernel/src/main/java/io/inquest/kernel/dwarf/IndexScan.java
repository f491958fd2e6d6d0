package io.inquest.kernel.dwarf;

import io.inquest.kernel.Hex;
import io.inquest.kernel.dwarf.UnitHeader.Section;
import io.inquest.kernel.elf.SectionCursor;
import io.inquest.kernel.elf.SectionFault;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Goes over the entries at the top of units and collects those that have a name. For one thread.
///
/// Bodies of functions and structs are jumped over by their siblings' offsets where the compiler wrote them (GCC
/// does), which leaves a tenth of `.debug_info` to read.
final class IndexScan {

    private final DebugSections sections;
    private final int file;
    private final EntryTable table;
    private final Consumer<UnitHeader> skeletons;
    private final SectionCursor abbreviations;
    private @Nullable SectionCursor stringOffsets;

    private SectionCursor cursor;
    private UnitHeader unit;
    private ScanPlans plans;
    private long stringOffsetsBase;

    /// What the steps of a plan found in the entry read last; 0 where it has no such value.
    private long name;

    private int nameForm;
    private long bytes;
    private long line;
    private long sibling;
    private long specification;
    private int specificationForm;
    private boolean declaration;

    /// Adds entries of the file of that number to `table`; `skeletons` is told the units that are in files of
    /// their own.
    @SuppressWarnings("NullAway.Init")
    IndexScan(DebugSections sections, int file, EntryTable table, Consumer<UnitHeader> skeletons) {
        this.sections = sections;
        this.file = file;
        this.table = table;
        this.skeletons = skeletons;
        this.abbreviations = sections.cursor(".debug_abbrev", SectionCursor.LARGE_WINDOW);
    }

    /// Collects the entries of one unit; `units` is a cursor over its section, at any place.
    void scan(SectionCursor units, UnitHeader header) {
        cursor = units;
        unit = header;
        Abbreviations shapes = Abbreviations.read(abbreviations, header.abbreviations());
        plans = new ScanPlans(header, shapes);
        cursor.seek(header.entries());
        cursor.prefetch(header.end() - header.entries());
        Die root = Die.read(cursor, header, shapes);
        if (root != null && isSkeleton(root)) {
            skeletons.accept(header);
        } else if (root != null && root.hasChildren() && Language.isC(root.number(Attribute.LANGUAGE, Language.C11))) {
            stringOffsetsBase = root.number(Attribute.STR_OFFSETS_BASE, StringOffsets.defaultBase(sections, header));
            scanEntries();
        }
    }

    private boolean isSkeleton(Die root) {
        return !sections.isSplit() && (root.has(Attribute.DWO_NAME) || root.has(Attribute.GNU_DWO_NAME));
    }

    private void scanEntries() {
        int depth = 0;
        while (cursor.position() < unit.end()) {
            long at = cursor.position();
            long code = cursor.uleb();
            if (code == 0) {
                if (depth-- == 0) {
                    return;
                }
                continue;
            }
            ScanPlan plan = plans.plan(code, at);
            run(plan);
            if (depth == 0 && plan.kind != null) {
                collect(plan.kind, at, plan.hasChildren);
            }
            if (plan.hasChildren) {
                if (sibling > at && sibling <= unit.end()) {
                    cursor.seek(sibling);
                } else {
                    depth++;
                }
            }
        }
    }

    private void run(ScanPlan plan) {
        name = 0;
        nameForm = 0;
        bytes = plan.bytes;
        line = plan.line;
        sibling = 0;
        specificationForm = 0;
        declaration = plan.declaration;
        for (int step : plan.steps) {
            int argument = step & ScanPlan.ARGUMENT_MASK;
            switch (step >>> ScanPlan.OPERATION_SHIFT) {
                case ScanPlan.SKIP_BYTES -> cursor.skip(argument);
                case ScanPlan.SKIP_FORM -> Form.skip(cursor, argument, unit);
                case ScanPlan.NAME -> {
                    nameForm = argument == Form.INDIRECT ? Form.indirect(cursor) : argument;
                    name = Form.read(cursor, nameForm, unit);
                }
                case ScanPlan.BYTE_SIZE -> bytes = value(argument);
                case ScanPlan.LINE -> line = value(argument);
                case ScanPlan.SIBLING -> sibling = unit.start() + value(argument);
                case ScanPlan.SPECIFICATION -> {
                    specificationForm = argument;
                    specification = value(argument);
                }
                default -> declaration = value(argument) != 0;
            }
        }
    }

    private long value(int form) {
        return Form.read(cursor, form == Form.INDIRECT ? Form.indirect(cursor) : form, unit);
    }

    private void collect(EntryKind kind, long at, boolean hasChildren) {
        long behind = cursor.position();
        if (nameForm == 0 && specificationForm != 0) {
            takeNameOfSpecification();
        }
        if (nameForm != 0) {
            boolean isNew = add(kind, at);
            if (kind == EntryKind.ENUM && hasChildren && isNew) {
                collectEnumerators(behind);
            }
        } else if (kind == EntryKind.ENUM && hasChildren) {
            collectEnumerators(behind);
        }
        cursor.seek(behind);
    }

    private boolean add(EntryKind kind, long at) {
        long key = EntryTable.key(nameKey(), kind.code() << 1 | (declaration ? 1 : 0), bytes, line);
        return table.add(key, NameIndex.entry(kind, declaration, DieReference.of(file, unit.section(), at)), place());
    }

    /// The definition of a variable that a header file declares has no name of its own (DWARF 5, section 2.13.2).
    private void takeNameOfSpecification() {
        long keptLine = line;
        long keptSibling = sibling;
        Optional<Long> declared = declaredAt();
        if (declared.isPresent()) {
            long at = declared.get();
            long code = cursor.seek(at).uleb();
            if (code != 0) {
                run(plans.plan(code, at));
                line = keptLine;
                declaration = false;
            }
        }
        sibling = keptSibling;
    }

    private Optional<Long> declaredAt() {
        long at = switch (specificationForm) {
            case Form.REF1, Form.REF2, Form.REF4, Form.REF8, Form.REF_UDATA -> unit.start() + specification;
            case Form.REF_ADDR -> specification;
            default -> -1;
        };
        // Another unit has other abbreviations; its own declaration is in the index then.
        return at >= unit.entries() && at < unit.end() ? Optional.of(at) : Optional.empty();
    }

    /// Size and line of their enumeration tell enumerators apart; where the first is known, all are.
    private void collectEnumerators(long firstChild) {
        long keptSibling = sibling;
        long enumBytes = bytes;
        long enumLine = line;
        cursor.seek(firstChild);
        while (cursor.position() < unit.end()) {
            long at = cursor.position();
            long code = cursor.uleb();
            if (code == 0) {
                break;
            }
            ScanPlan plan = plans.plan(code, at);
            run(plan);
            bytes = enumBytes;
            line = enumLine;
            boolean isKnown = plan.kind == EntryKind.ENUMERATOR && nameForm != 0 && !add(plan.kind, at);
            if (isKnown || plan.hasChildren) {
                break;
            }
        }
        sibling = keptSibling;
    }

    /// What makes names equal: the offset in `.debug_str`, where linkers keep each string once, or the bytes.
    private long nameKey() {
        long place = place();
        return switch (NamePlace.kind(place)) {
            case STRP, LINE_STRP, ALTERNATE -> place;
            case INLINE -> inlineKey(NamePlace.offset(place));
        };
    }

    private long inlineKey(long at) {
        long hash = 0xcbf29ce484222325L;
        long back = cursor.position();
        cursor.seek(at);
        for (int next = cursor.u8(); next != 0; next = cursor.u8()) {
            hash = (hash ^ next) * 0x100000001b3L;
        }
        cursor.seek(back);
        return hash | 1L << 63;
    }

    private long place() {
        return switch (nameForm) {
            case Form.STRING -> NamePlace.of(NamePlace.Kind.INLINE, file, unit.section(), name);
            case Form.STRP -> NamePlace.of(NamePlace.Kind.STRP, file, unit.section(), name);
            case Form.LINE_STRP -> NamePlace.of(NamePlace.Kind.LINE_STRP, file, unit.section(), name);
            case Form.GNU_STRP_ALT, Form.STRP_SUP -> NamePlace.of(NamePlace.Kind.ALTERNATE, file, unit.section(), name);
            case Form.STRX, Form.STRX1, Form.STRX2, Form.STRX3, Form.STRX4, Form.GNU_STR_INDEX ->
                NamePlace.of(NamePlace.Kind.STRP, file, unit.section(), stringOffset(name));
            default ->
                throw new SectionFault(cursor.name() + ": a name of form " + Hex.of(nameForm) + " before "
                        + Hex.of(cursor.position()));
        };
    }

    private long stringOffset(long index) {
        SectionCursor offsets = stringOffsets;
        if (offsets == null) {
            offsets = sections.cursor(".debug_str_offsets", SectionCursor.LARGE_WINDOW);
            stringOffsets = offsets;
        }
        return StringOffsets.at(offsets, stringOffsetsBase, index, unit.offsetBytes());
    }

    /// The section in which units of a kind are, for one thread's reading from start to end.
    static SectionCursor cursorFor(DebugSections sections, Section section) {
        return sections.cursor(sections.nameOf(section), SectionCursor.LARGE_WINDOW);
    }
}
