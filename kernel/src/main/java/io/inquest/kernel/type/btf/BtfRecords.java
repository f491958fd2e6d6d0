package io.inquest.kernel.type.btf;

import java.util.Arrays;

/// The type records of one section by their number, and what their common part says.
///
/// | Offset | Size | Field            | Meaning                                                        |
/// |-------:|-----:|------------------|----------------------------------------------------------------|
/// |      0 |    4 | `name_off`       | offset into the strings; 0 for anonymous types                 |
/// |      4 |    4 | `info`           | bits 0–23 `vlen`, 24–30 kind, 31 kind flag                     |
/// |      8 |    4 | `size` or `type` | bytes, or the id of another type; by kind                      |
///
/// Records have no fixed size, so one pass over them notes where each begins. That pass ends at the first record
/// that cannot be: what is behind a damaged record cannot be told apart.
final class BtfRecords {

    /// Bytes of the common part.
    static final int BYTES = 12;

    /// `BTF_MAX_TYPE`: ids have 20 bits.
    private static final int MOST = 0xfffff;

    private final BtfSection section;
    private final KindSizes sizes;
    private final int[] offsets;
    private final int[] namedTypes;
    private final boolean whole;
    private boolean flagsSignedEnums;

    BtfRecords(BtfSection section) {
        this.section = section;
        this.sizes = new KindSizes(section);
        Positions all = new Positions();
        Positions named = new Positions();
        int end = section.typesAt();
        for (int next = take(end, all, named); next >= 0; next = take(end, all, named)) {
            end = next;
        }
        this.offsets = all.toArray();
        this.namedTypes = named.toArray();
        this.whole = end == section.header().typesAt() + section.header().typeBytes();
    }

    /// Notes the record at `at`; returns where the next one begins, or -1 when this is none.
    private int take(int at, Positions all, Positions named) {
        if (at > section.typesEnd() - BYTES || all.count() == MOST) {
            return -1;
        }
        int info = section.word(at + 4);
        int kind = kindOf(info);
        long more = sizes.bytes(kind, info & 0xffffff);
        if (more < 0 || more > section.typesEnd() - at - BYTES) {
            return -1;
        }
        all.add(at);
        if (BtfKind.isIn(BtfKind.NAMED_TYPES, kind) && section.word(at) != 0) {
            named.add(at);
        }
        flagsSignedEnums |= kind == BtfKind.ENUM && info < 0;
        return (int) (at + BYTES + more);
    }

    private static int kindOf(int info) {
        return info >>> 24 & 0x7f;
    }

    /// Number of records; they are numbered from 0 here.
    int count() {
        return offsets.length;
    }

    /// Whether all of the section could be read, not only its beginning.
    boolean whole() {
        return whole;
    }

    /// Whether the writer marks signed enumerations by the kind flag, as it does since 6.0.
    boolean flagsSignedEnums() {
        return flagsSignedEnums;
    }

    /// Where a record begins, from the start of the section.
    int position(int record) {
        return offsets[record];
    }

    /// The record that covers a position in the section, such as that of one of its elements.
    int recordAt(int position) {
        int found = Arrays.binarySearch(offsets, position);
        return found >= 0 ? found : -found - 2;
    }

    int nameOffset(int record) {
        return section.word(offsets[record]);
    }

    int kind(int record) {
        return kindOf(section.word(offsets[record] + 4));
    }

    /// Whether there is such a record and it is of that kind.
    boolean isOf(int record, int kind) {
        return record >= 0 && record < offsets.length && kind(record) == kind;
    }

    int vlen(int record) {
        return section.word(offsets[record] + 4) & 0xffffff;
    }

    boolean kindFlag(int record) {
        return section.word(offsets[record] + 4) < 0;
    }

    /// `size`, or `type` which is the id of another type.
    int sizeOrType(int record) {
        return section.word(offsets[record] + 8);
    }

    /// The word number `index` behind the common part.
    int extra(int record, int index) {
        return section.word(offsets[record] + BYTES + index * Integer.BYTES);
    }

    /// The positions of all types with a name, and of variables; in ascending order as all that follow.
    int[] namedTypes() {
        return namedTypes;
    }

    /// The positions of all functions.
    int[] functions() {
        Positions found = new Positions();
        for (int position : offsets) {
            if (kindOf(section.word(position + 4)) == BtfKind.FUNC) {
                found.add(position);
            }
        }
        return found.toArray();
    }

    /// The positions of the enumerators of all enumerations.
    int[] enumerators() {
        Positions found = new Positions();
        for (int record = 0; record < offsets.length; record++) {
            int kind = kind(record);
            if (kind == BtfKind.ENUM || kind == BtfKind.ENUM64) {
                int bytes = BtfKind.elementBytes(kind);
                for (int i = 0; i < vlen(record); i++) {
                    found.add(offsets[record] + BYTES + i * bytes);
                }
            }
        }
        return found.toArray();
    }
}
