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
/// Records have no fixed size, so one pass over them notes where each begins. Where a record cannot be, that is told
/// with more care: see [DamagedRecords].
final class BtfRecords {

    /// Bytes of the common part.
    static final int BYTES = 12;

    /// `BTF_MAX_TYPE`: ids have 20 bits.
    private static final int MOST = 0xfffff;

    private final BtfSection section;
    private final KindSizes sizes;
    private final int[] offsets;
    private final int[] namedTypes;
    private final int damaged;
    private final boolean whole;
    private boolean flagsSignedEnums;

    /// `stringStart` is where the section's own strings begin to count, `startId` the id of its first record.
    BtfRecords(BtfSection section, int stringStart, int startId) {
        this.section = section;
        this.sizes = new KindSizes(section);
        Positions all = new Positions();
        Positions named = new Positions();
        int end = section.typesAt();
        for (int next = take(end, all, named); next >= 0; next = take(end, all, named)) {
            end = next;
        }
        if (end == section.header().typesAt() + section.header().typeBytes()) {
            this.offsets = all.toArray();
            this.namedTypes = named.toArray();
            this.damaged = 0;
            this.whole = true;
        } else {
            int idEnd = startId + section.header().typeBytes() / BYTES + 1;
            RecordCheck check = new RecordCheck(section, sizes, stringStart, idEnd);
            DamagedRecords.Found found = DamagedRecords.find(section, check, startId);
            this.offsets = found.positions();
            this.namedTypes = named();
            this.damaged = found.damaged();
            this.whole = found.toTheEnd();
        }
    }

    /// Notes the record at `at`; returns where the next one begins, or -1 when this is none.
    private int take(int at, Positions all, Positions named) {
        if (at > section.typesEnd() - BYTES || all.count() == MOST) {
            return -1;
        }
        int info = section.word(at + 4);
        long more = sizes.bytes(kindOf(info), vlenOf(info));
        if (more < 0 || more > section.typesEnd() - at - BYTES) {
            return -1;
        }
        all.add(at);
        noteName(at, info, named);
        return (int) (at + BYTES + more);
    }

    private void noteName(int at, int info, Positions named) {
        int kind = kindOf(info);
        if (BtfKind.isIn(BtfKind.NAMED_TYPES, kind) && section.word(at) != 0) {
            named.add(at);
        }
        flagsSignedEnums |= kind == BtfKind.ENUM && info < 0;
    }

    private int[] named() {
        Positions named = new Positions();
        flagsSignedEnums = false;
        for (int at : offsets) {
            noteName(at, section.word(at + 4), named);
        }
        return named.toArray();
    }

    static int kindOf(int info) {
        return info >>> 24 & 0x7f;
    }

    static int vlenOf(int info) {
        return info & 0xffffff;
    }

    /// Number of records; they are numbered from 0 here.
    int count() {
        return offsets.length;
    }

    /// Whether the records reach to the end of the section.
    boolean whole() {
        return whole;
    }

    /// How many of them are no types any more, or not whole.
    int damaged() {
        return damaged;
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
