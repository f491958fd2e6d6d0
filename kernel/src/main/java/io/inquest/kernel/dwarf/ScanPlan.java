package io.inquest.kernel.dwarf;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// How the indexing pass goes over entries of one abbreviation: a few values are taken, the rest is skipped, values
/// of fixed size together.
///
/// Each step is an operation in the high 8 bits of an `int` and its argument, a number of bytes or a form, below.
final class ScanPlan {

    static final int SKIP_BYTES = 0;
    static final int SKIP_FORM = 1;
    static final int NAME = 2;
    static final int BYTE_SIZE = 3;
    static final int LINE = 4;
    static final int SIBLING = 5;
    static final int SPECIFICATION = 6;
    static final int DECLARATION = 7;

    static final int OPERATION_SHIFT = 24;
    static final int ARGUMENT_MASK = (1 << OPERATION_SHIFT) - 1;

    /// What entries of this tag are in the index; null where they are not.
    final @Nullable EntryKind kind;

    final int[] steps;
    final boolean hasChildren;
    final boolean declaration;

    /// Line and size where the abbreviation itself holds them.
    final long line;

    final long bytes;

    private ScanPlan(Abbreviation abbreviation, @Nullable EntryKind kind, int[] steps) {
        this.kind = kind;
        this.steps = steps;
        this.hasChildren = abbreviation.hasChildren();
        this.declaration = constant(abbreviation, Attribute.DECLARATION) != 0;
        this.line = constant(abbreviation, Attribute.DECL_LINE);
        this.bytes = constant(abbreviation, Attribute.BYTE_SIZE);
    }

    static ScanPlan of(Abbreviation abbreviation, UnitHeader unit) {
        EntryKind kind = kindOf(abbreviation.tag());
        int[] attributes = abbreviation.attributes();
        int[] forms = abbreviation.forms();
        int[] steps = new int[attributes.length];
        int count = 0;
        for (int i = 0; i < attributes.length; i++) {
            int operation = operation(attributes[i], kind);
            int fixed = Form.fixedBytes(forms[i], unit);
            if (fixed == 0) {
                continue;
            }
            if (operation != SKIP_BYTES) {
                steps[count++] = operation << OPERATION_SHIFT | forms[i];
            } else if (fixed < 0) {
                steps[count++] = SKIP_FORM << OPERATION_SHIFT | forms[i];
            } else if (count > 0 && steps[count - 1] >>> OPERATION_SHIFT == SKIP_BYTES) {
                steps[count - 1] += fixed;
            } else {
                steps[count++] = fixed;
            }
        }
        return new ScanPlan(abbreviation, kind, Arrays.copyOf(steps, count));
    }

    private static int operation(int attribute, @Nullable EntryKind kind) {
        if (attribute == Attribute.SIBLING) {
            return SIBLING;
        }
        if (kind == null) {
            return SKIP_BYTES;
        }
        return switch (attribute) {
            case Attribute.NAME -> NAME;
            case Attribute.BYTE_SIZE -> BYTE_SIZE;
            case Attribute.DECL_LINE -> LINE;
            case Attribute.SPECIFICATION -> SPECIFICATION;
            case Attribute.DECLARATION -> DECLARATION;
            default -> SKIP_BYTES;
        };
    }

    private static @Nullable EntryKind kindOf(int tag) {
        return switch (tag) {
            case Tag.STRUCTURE_TYPE -> EntryKind.STRUCT;
            case Tag.UNION_TYPE -> EntryKind.UNION;
            case Tag.ENUMERATION_TYPE -> EntryKind.ENUM;
            case Tag.TYPEDEF -> EntryKind.TYPEDEF;
            case Tag.BASE_TYPE -> EntryKind.BASE;
            case Tag.VARIABLE -> EntryKind.VARIABLE;
            case Tag.SUBPROGRAM -> EntryKind.FUNCTION;
            case Tag.ENUMERATOR -> EntryKind.ENUMERATOR;
            default -> null;
        };
    }

    /// The value that the abbreviation holds for all its entries, 0 where it holds none.
    private static long constant(Abbreviation abbreviation, int attribute) {
        for (int i = 0; i < abbreviation.attributes().length; i++) {
            if (abbreviation.attributes()[i] == attribute) {
                return switch (abbreviation.forms()[i]) {
                    case Form.FLAG_PRESENT -> 1;
                    case Form.IMPLICIT_CONST -> abbreviation.constants()[i];
                    default -> 0;
                };
            }
        }
        return 0;
    }
}
