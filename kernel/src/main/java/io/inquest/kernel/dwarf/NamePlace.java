package io.inquest.kernel.dwarf;

import io.inquest.kernel.dwarf.UnitHeader.Section;

/// Where the bytes of a name are, as one number.
///
/// | Bits  | Meaning                                 |
/// |-------|-----------------------------------------|
/// | 0-56  | as in [DieReference]                    |
/// | 57-58 | [Kind]                                  |
final class NamePlace {

    /// Which section holds it.
    enum Kind {
        /// `.debug_str`.
        STRP(0),
        /// `.debug_line_str`.
        LINE_STRP(1),
        /// Among the entries themselves.
        INLINE(2),
        /// `.debug_str` of the alternate file.
        ALTERNATE(3);

        private final int code;

        Kind(int code) {
            this.code = code;
        }

        int code() {
            return code;
        }
    }

    private static final int KIND_SHIFT = 57;
    private static final Kind[] KINDS = Kind.values();

    private NamePlace() {}

    static long of(Kind kind, int file, Section section, long offset) {
        return DieReference.of(file, section, offset) | (long) kind.code() << KIND_SHIFT;
    }

    static Kind kind(long place) {
        return KINDS[(int) (place >>> KIND_SHIFT) & 3];
    }

    static long offset(long place) {
        return DieReference.offset(place);
    }
}
