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
    private final boolean whole;
    private boolean flagsSignedEnums;

    BtfRecords(BtfSection section) {
        this.section = section;
        this.sizes = new KindSizes(section);
        int room = Math.max(section.typesEnd() - section.typesAt(), 0) / BYTES;
        int[] found = new int[Math.min(room, MOST)];
        int at = section.typesAt();
        int count = 0;
        while (count < found.length && at <= section.typesEnd() - BYTES) {
            int next = behind(at);
            if (next < 0) {
                break;
            }
            found[count++] = at;
            at = next;
        }
        this.offsets = Arrays.copyOf(found, count);
        this.whole = at == section.header().typesAt() + section.header().typeBytes();
    }

    /// Where the record behind the one at `at` begins, or -1 when this one is of an unknown kind or cut.
    private int behind(int at) {
        int info = section.word(at + 4);
        int kind = kindOf(info);
        long more = sizes.bytes(kind, info & 0xffffff);
        if (more < 0 || more > section.typesEnd() - at - BYTES) {
            return -1;
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

    /// The positions of all records that have a name and whose kind has its bit set in `kinds`.
    int[] namedOf(int kinds) {
        int[] found = new int[offsets.length];
        int count = 0;
        for (int position : offsets) {
            int kind = kindOf(section.word(position + 4));
            if (kind < Integer.SIZE && (kinds >>> kind & 1) != 0 && section.word(position) != 0) {
                found[count++] = position;
            }
        }
        return Arrays.copyOf(found, count);
    }

    /// The positions of the enumerators of all enumerations.
    int[] enumerators() {
        int[] found = new int[1024];
        int count = 0;
        for (int record = 0; record < offsets.length; record++) {
            int kind = kind(record);
            if (kind != BtfKind.ENUM && kind != BtfKind.ENUM64) {
                continue;
            }
            int bytes = BtfKind.elementBytes(kind);
            int members = vlen(record);
            while (found.length < count + members) {
                found = Arrays.copyOf(found, 2 * found.length);
            }
            for (int i = 0; i < members; i++) {
                found[count++] = offsets[record] + BYTES + i * bytes;
            }
        }
        return Arrays.copyOf(found, count);
    }
}
