package io.inquest.kernel.dwarf;

import io.inquest.kernel.Hex;
import io.inquest.kernel.elf.SectionCursor;
import io.inquest.kernel.elf.SectionFault;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// A unit: its entries, and what their values mean in it. For one thread at a time.
final class Unit {

    private final DebugFile file;
    private final UnitHeader header;
    private final Abbreviations abbreviations;
    private @Nullable Die root;

    Unit(DebugFile file, UnitHeader header, Abbreviations abbreviations) {
        this.file = file;
        this.header = header;
        this.abbreviations = abbreviations;
    }

    UnitHeader header() {
        return header;
    }

    DebugFile file() {
        return file;
    }

    private SectionCursor cursor() {
        return file.cursor(file.sections().nameOf(header.section()));
    }

    /// The entry of the unit itself.
    Die root() {
        Die found = root;
        if (found == null) {
            found = die(header.entries());
            root = found;
        }
        return found;
    }

    /// The entry at an offset of the section.
    Die die(long offset) {
        if (offset < header.entries() || offset >= header.end()) {
            throw new SectionFault(
                    cursor().name() + ": " + Hex.of(offset) + " lies outside the unit at " + Hex.of(header.start()));
        }
        Die die = Die.read(cursor().seek(offset), header, abbreviations);
        if (die == null) {
            throw new SectionFault(cursor().name() + ": no entry at " + Hex.of(offset));
        }
        return die;
    }

    /// The entries directly below one.
    List<Die> children(Die parent) {
        List<Die> children = new ArrayList<>();
        visitChildren(parent, child -> {
            children.add(child);
            return true;
        });
        return children;
    }

    /// Tells the entries directly below one until `visitor` answers false.
    void visitChildren(Die parent, Predicate<Die> visitor) {
        if (!parent.hasChildren()) {
            return;
        }
        SectionCursor cursor = cursor();
        long at = parent.next();
        while (at < header.end()) {
            Die child = Die.read(cursor.seek(at), header, abbreviations);
            if (child == null || !visitor.test(child)) {
                return;
            }
            at = behind(child);
        }
    }

    /// Offset behind an entry and all below it.
    private long behind(Die die) {
        if (!die.hasChildren()) {
            return die.next();
        }
        long sibling = header.start() + die.number(Attribute.SIBLING, 0);
        if (sibling > die.offset() && sibling <= header.end()) {
            return sibling;
        }
        SectionCursor cursor = cursor().seek(die.next());
        for (int depth = 1; depth > 0 && cursor.position() < header.end(); ) {
            Die below = Die.read(cursor, header, abbreviations);
            if (below == null) {
                depth--;
            } else if (below.hasChildren()) {
                depth++;
            }
        }
        return cursor.position();
    }

    /// The text of an attribute, empty where it has none.
    String text(Die die, int attribute) {
        int place = die.find(attribute);
        if (place < 0) {
            return "";
        }
        long value = die.value(place);
        return switch (die.form(place)) {
            case Form.STRING -> cursor().seek(value).string();
            case Form.STRP -> file.cursor(".debug_str").seek(value).string();
            case Form.LINE_STRP -> file.cursor(".debug_line_str").seek(value).string();
            case Form.STRX, Form.STRX1, Form.STRX2, Form.STRX3, Form.STRX4, Form.GNU_STR_INDEX ->
                file.cursor(".debug_str").seek(stringOffset(value)).string();
            case Form.GNU_STRP_ALT, Form.STRP_SUP ->
                file.files()
                        .file(FileSet.ALTERNATE)
                        .cursor(".debug_str")
                        .seek(value)
                        .string();
            default -> "";
        };
    }

    String name(Die die) {
        return text(die, Attribute.NAME);
    }

    private long stringOffset(long index) {
        long base = root().number(Attribute.STR_OFFSETS_BASE, StringOffsets.defaultBase(file.sections(), header));
        return StringOffsets.at(file.cursor(".debug_str_offsets"), base, index, header.offsetBytes());
    }

    /// The [DieReference] that an attribute holds, empty where there is none or what it refers to is not at hand.
    OptionalLong reference(Die die, int attribute) {
        int place = die.find(attribute);
        if (place < 0) {
            return OptionalLong.empty();
        }
        long value = die.value(place);
        return switch (die.form(place)) {
            case Form.REF1, Form.REF2, Form.REF4, Form.REF8, Form.REF_UDATA ->
                OptionalLong.of(DieReference.of(file.number(), header.section(), header.start() + value));
            case Form.REF_ADDR -> OptionalLong.of(DieReference.of(file.number(), UnitHeader.Section.INFO, value));
            case Form.GNU_REF_ALT, Form.REF_SUP4, Form.REF_SUP8 ->
                OptionalLong.of(DieReference.of(FileSet.ALTERNATE, UnitHeader.Section.INFO, value));
            case Form.REF_SIG8 -> file.typeOf(value).map(OptionalLong::of).orElseGet(OptionalLong::empty);
            default -> OptionalLong.empty();
        };
    }

    /// An address that an attribute holds itself or by its index in `.debug_addr`; empty where it holds none.
    OptionalLong address(Die die, int attribute) {
        int place = die.find(attribute);
        if (place < 0) {
            return OptionalLong.empty();
        }
        return switch (die.form(place)) {
            case Form.ADDR -> OptionalLong.of(die.value(place));
            case Form.ADDRX, Form.ADDRX1, Form.ADDRX2, Form.ADDRX3, Form.ADDRX4, Form.GNU_ADDR_INDEX ->
                OptionalLong.of(addressOfIndex(die.value(place)));
            default -> OptionalLong.empty();
        };
    }

    /// The address of an index in `.debug_addr`.
    long addressOfIndex(long index) {
        Unit skeleton = file.skeleton();
        if (skeleton != null) {
            return skeleton.addressOfIndex(index);
        }
        int bytes = header.addressBytes();
        SectionCursor addresses = file.cursor(".debug_addr");
        if (index < 0 || index > addresses.size() / bytes) {
            throw new SectionFault(addresses.name() + ": has no address of index " + Hex.of(index));
        }
        long base = root().number(Attribute.ADDR_BASE, root().number(Attribute.GNU_ADDR_BASE, 0));
        return addresses.seek(base + index * bytes).unsigned(bytes);
    }

    /// The address that ranges and locations of the unit count from.
    long baseAddress() {
        Unit skeleton = file.skeleton();
        return skeleton != null
                ? skeleton.baseAddress()
                : address(root(), Attribute.LOW_PC).orElse(0);
    }

    /// The unit with all entries: of a skeleton the split one, of others this one.
    ///
    /// Throws a [SectionFault] where the split file is not at hand.
    Unit whole() {
        if (SplitName.of(this).isEmpty()) {
            return this;
        }
        DebugFile split = file.files().file(file.files().numberOfSplit(header));
        for (long start : split.starts().info()) {
            Unit unit = split.unit(UnitHeader.Section.INFO, start);
            if (!unit.header().kind().isType()) {
                return unit;
            }
        }
        throw new SectionFault(split.sections().name() + ": holds no unit");
    }

    long referenceTo(Die die) {
        return DieReference.of(file.number(), header.section(), die.offset());
    }
}
