package io.inquest.kernel.dwarf;

import io.inquest.kernel.Hex;
import io.inquest.kernel.elf.SectionCursor;
import io.inquest.kernel.elf.SectionFault;
import org.jspecify.annotations.Nullable;

/// One debugging information entry, its values as they are written.
final class Die {

    private final long offset;

    private final Abbreviation abbreviation;
    private final int[] forms;
    private final long[] values;
    private final long[] ends;
    private final long next;

    private Die(long offset, Abbreviation abbreviation, int[] forms, long[] values, long[] ends, long next) {
        this.offset = offset;
        this.abbreviation = abbreviation;
        this.forms = forms;
        this.values = values;
        this.ends = ends;
        this.next = next;
    }

    /// Reads the entry at the cursor, which stands behind it then; null for the null entry that ends siblings.
    static @Nullable Die read(SectionCursor cursor, UnitHeader unit, Abbreviations abbreviations) {
        long offset = cursor.position();
        long code = cursor.uleb();
        if (code == 0) {
            return null;
        }
        Abbreviation abbreviation = abbreviations.find(code);
        if (abbreviation == null) {
            throw new SectionFault(cursor.name() + ": the entry at " + Hex.of(offset) + " has the unknown abbreviation "
                    + Long.toUnsignedString(code));
        }
        int count = abbreviation.attributes().length;
        int[] forms = abbreviation.forms().clone();
        long[] values = new long[count];
        long[] ends = new long[count];
        for (int i = 0; i < count; i++) {
            int form = forms[i];
            if (form == Form.INDIRECT) {
                form = Form.indirect(cursor);
                forms[i] = form;
            }
            values[i] = form == Form.IMPLICIT_CONST ? abbreviation.constants()[i] : Form.read(cursor, form, unit);
            ends[i] = cursor.position();
        }
        return new Die(offset, abbreviation, forms, values, ends, cursor.position());
    }

    /// Offset in its section.
    long offset() {
        return offset;
    }

    int tag() {
        return abbreviation.tag();
    }

    boolean hasChildren() {
        return abbreviation.hasChildren();
    }

    /// Offset behind it: of its first child if it has children, else of its next sibling.
    long next() {
        return next;
    }

    /// Place of an attribute among the values, -1 where it has none.
    int find(int attribute) {
        int[] attributes = abbreviation.attributes();
        for (int i = 0; i < attributes.length; i++) {
            if (attributes[i] == attribute) {
                return i;
            }
        }
        return -1;
    }

    boolean has(int attribute) {
        return find(attribute) >= 0;
    }

    int form(int place) {
        return forms[place];
    }

    /// The number written there; of strings and blocks the offset of their first byte.
    long value(int place) {
        return values[place];
    }

    /// Bytes of a block.
    int blockBytes(int place) {
        return (int) (ends[place] - values[place]);
    }

    /// A number, an offset or an index as written; `otherwise` where there is no such attribute or a block.
    long number(int attribute, long otherwise) {
        int place = find(attribute);
        return place < 0 || Form.isBlock(forms[place]) ? otherwise : values[place];
    }

    boolean flag(int attribute) {
        return number(attribute, 0) != 0;
    }
}
