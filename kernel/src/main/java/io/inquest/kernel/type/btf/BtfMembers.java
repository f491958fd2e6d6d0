package io.inquest.kernel.type.btf;

import io.inquest.kernel.type.Member;
import java.util.ArrayList;
import java.util.List;

/// The members of a STRUCT or UNION record.
///
/// | Offset | Size | Field      | Meaning                                                                   |
/// |-------:|-----:|------------|---------------------------------------------------------------------------|
/// |      0 |    4 | `name_off` | 0 for an anonymous struct or union                                        |
/// |      4 |    4 | `type`     | id                                                                        |
/// |      8 |    4 | `offset`   | bits from the struct's start; if the record's kind flag is set, these are |
/// |        |      |            | bits 0–23, and bits 24–31 are the width of a bit field or 0               |
///
/// Before the kind flag (5.0) a bit field was a member whose INT has fewer bits than its bytes have, and an offset
/// of its own.
final class BtfMembers {

    private static final int WORDS = 3;

    /// More typedefs and qualifiers than stand before any integer.
    private static final int LONGEST_CHAIN = 16;

    private BtfMembers() {}

    static List<Member> of(Btf btf, int record) {
        BtfRecords records = btf.records();
        int count = records.vlen(record);
        List<Member> members = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            String name = btf.nameAt(records.extra(record, i * WORDS));
            int type = records.extra(record, i * WORDS + 1);
            int offset = records.extra(record, i * WORDS + 2);
            members.add(
                    records.kindFlag(record)
                            ? new Member(name, () -> btf.type(type), offset & 0xffffff, offset >>> 24)
                            : unflagged(btf, name, type, Integer.toUnsignedLong(offset)));
        }
        return List.copyOf(members);
    }

    private static Member unflagged(Btf btf, String name, int type, long offset) {
        int encoding = integerEncoding(btf, type);
        int bits = encoding & 0xff;
        return new Member(name, () -> btf.type(type), offset + (encoding >>> 16 & 0xff), bits);
    }

    /// The word behind the INT that a type is in the end, if that is narrower than its bytes; else 0.
    private static int integerEncoding(Btf btf, int type) {
        int id = type;
        for (int i = 0; i < LONGEST_CHAIN; i++) {
            BtfRecords records = btf.ownerOf(id).records();
            int record = btf.ownerOf(id).recordOf(id);
            if (records.isOf(record, BtfKind.INT)) {
                int encoding = records.extra(record, 0);
                boolean narrow = (encoding & 0xff) != records.sizeOrType(record) * Byte.SIZE;
                return narrow ? encoding : 0;
            }
            if (!isWrapper(records, record)) {
                return 0;
            }
            id = records.sizeOrType(record);
        }
        return 0;
    }

    private static boolean isWrapper(BtfRecords records, int record) {
        return records.isOf(record, BtfKind.TYPEDEF)
                || records.isOf(record, BtfKind.CONST)
                || records.isOf(record, BtfKind.VOLATILE);
    }
}
