package io.inquest.kernel.type.btf;

/// How many bytes a record of each kind has, so that records of kinds that came later are stepped over.
///
/// Since 7.1 a section may have a table of 4 bytes for each kind its writer knew (`struct btf_layout`):
///
/// | Offset | Size | Field     | Meaning                                     |
/// |-------:|-----:|-----------|---------------------------------------------|
/// |      0 |    1 | `info_sz` | bytes behind the record itself              |
/// |      1 |    1 | `elem_sz` | bytes of each of its `vlen` elements        |
/// |      2 |    2 | `flags`   | unused                                      |
///
/// It is asked only for kinds that are not known here.
final class KindSizes {

    private static final int ENTRY_BYTES = 4;

    private final int[] fixed = new int[BtfKind.NUMBERS];
    private final int[] element = new int[BtfKind.NUMBERS];

    KindSizes(BtfSection section) {
        int described = section.header().layoutBytes() / ENTRY_BYTES;
        for (int kind = 0; kind < BtfKind.NUMBERS; kind++) {
            fixed[kind] = BtfKind.fixedBytes(kind);
            element[kind] = BtfKind.elementBytes(kind);
            if (kind > 0 && fixed[kind] == BtfKind.UNKNOWN && kind < described) {
                int entry = section.header().layoutAt() + kind * ENTRY_BYTES;
                fixed[kind] = section.octet(entry);
                element[kind] = section.octet(entry + 1);
            }
        }
    }

    /// Bytes behind the 12 of the record, or [BtfKind#UNKNOWN].
    long bytes(int kind, int vlen) {
        int own = fixed[kind];
        return own == BtfKind.UNKNOWN ? BtfKind.UNKNOWN : own + (long) element[kind] * vlen;
    }
}
