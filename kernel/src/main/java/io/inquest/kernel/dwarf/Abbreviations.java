package io.inquest.kernel.dwarf;

import io.inquest.kernel.Hex;
import io.inquest.kernel.elf.SectionCursor;
import io.inquest.kernel.elf.SectionFault;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The abbreviations of a unit, by code.
///
/// `.debug_abbrev` holds for each: code, tag (ULEB128), one byte for whether there are children, then pairs of
/// attribute and form (ULEB128; `implicit_const` is followed by its value), ended by a pair of zeros. Code 0 ends
/// the table. Source: DWARF 5, section 7.5.3.
final class Abbreviations {

    /// Compilers number from 1 without gaps.
    private static final int MOST_DENSE_CODES = 1 << 16;

    private static final int MOST_ATTRIBUTES = 1 << 10;

    private @Nullable Abbreviation[] dense = new Abbreviation[64];
    private final Map<Long, Abbreviation> others = new HashMap<>();
    private int largestCode;

    private Abbreviations() {}

    static Abbreviations read(SectionCursor cursor, long offset) {
        Abbreviations table = new Abbreviations();
        cursor.seek(offset);
        for (long code = cursor.uleb(); code != 0; code = cursor.uleb()) {
            table.add(code, readOne(cursor));
        }
        return table;
    }

    private static Abbreviation readOne(SectionCursor cursor) {
        long tag = cursor.uleb();
        boolean hasChildren = cursor.u8() != 0;
        int[] attributes = new int[16];
        int[] forms = new int[16];
        long[] constants = new long[16];
        for (int n = 0; ; n++) {
            int attribute = (int) cursor.uleb();
            int form = (int) cursor.uleb();
            if (attribute == 0 && form == 0) {
                return new Abbreviation(
                        (int) tag,
                        hasChildren,
                        Arrays.copyOf(attributes, n),
                        Arrays.copyOf(forms, n),
                        Arrays.copyOf(constants, n));
            }
            if (n == attributes.length) {
                if (n >= MOST_ATTRIBUTES) {
                    throw new SectionFault(cursor.name() + ": an abbreviation with more than " + MOST_ATTRIBUTES
                            + " attributes before " + Hex.of(cursor.position()));
                }
                attributes = Arrays.copyOf(attributes, 2 * n);
                forms = Arrays.copyOf(forms, 2 * n);
                constants = Arrays.copyOf(constants, 2 * n);
            }
            attributes[n] = attribute;
            forms[n] = form;
            constants[n] = form == Form.IMPLICIT_CONST ? cursor.sleb() : 0;
        }
    }

    private void add(long code, Abbreviation abbreviation) {
        if (code < 0 || code >= MOST_DENSE_CODES) {
            others.putIfAbsent(code, abbreviation);
            return;
        }
        if (code >= dense.length) {
            dense = Arrays.copyOf(dense, (int) Math.max(code + 1, 2L * dense.length));
        }
        dense[(int) code] = abbreviation;
        largestCode = Math.max(largestCode, (int) code);
    }

    /// Null where no abbreviation has that code.
    @Nullable
    Abbreviation find(long code) {
        if (code >= 0 && code <= largestCode) {
            return dense[(int) code];
        }
        return others.get(code);
    }

    /// The largest code below [#MOST_DENSE_CODES].
    int largestCode() {
        return largestCode;
    }
}
