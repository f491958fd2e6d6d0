package io.inquest.kernel.type.btf;

/// The kinds of BTF records, by their numbers in `include/uapi/linux/btf.h`.
///
/// Each record begins with the 12 bytes that [BtfRecords] describes. What follows is, by kind:
///
/// | Kind                       | Number | Behind the record                                                     |
/// |----------------------------|-------:|-----------------------------------------------------------------------|
/// | INT                        |      1 | u32: encoding in bits 24–27, bit offset in 16–23, bits in 0–7         |
/// | PTR                        |      2 | –                                                                     |
/// | ARRAY                      |      3 | u32 element type, u32 index type, u32 number of elements              |
/// | STRUCT, UNION              |   4, 5 | per member: u32 name, u32 type, u32 bit offset (see [BtfMembers])     |
/// | ENUM                       |      6 | per enumerator: u32 name, s32 value                                   |
/// | FWD                        |      7 | –; the kind flag is set for a union                                   |
/// | TYPEDEF, VOLATILE, CONST, RESTRICT | 8–11 | –                                                               |
/// | FUNC                       |     12 | –; `vlen` is the linkage                                              |
/// | FUNC_PROTO                 |     13 | per parameter: u32 name, u32 type; both 0 in the last: `...`          |
/// | VAR                        |     14 | u32 linkage                                                           |
/// | DATASEC                    |     15 | per variable: u32 VAR, u32 offset, u32 bytes                          |
/// | FLOAT                      |     16 | –                                                                     |
/// | DECL_TAG                   |     17 | s32 index of what it tags                                             |
/// | TYPE_TAG                   |     18 | –                                                                     |
/// | ENUM64                     |     19 | per enumerator: u32 name, u32 low half, u32 high half of the value    |
///
/// FLOAT since 5.13, DECL_TAG 5.16, TYPE_TAG 5.17, ENUM64 6.0.
final class BtfKind {

    static final int INT = 1;
    static final int PTR = 2;
    static final int ARRAY = 3;
    static final int STRUCT = 4;
    static final int UNION = 5;
    static final int ENUM = 6;
    static final int FWD = 7;
    static final int TYPEDEF = 8;
    static final int VOLATILE = 9;
    static final int CONST = 10;
    static final int RESTRICT = 11;
    static final int FUNC = 12;
    static final int FUNC_PROTO = 13;
    static final int VAR = 14;
    static final int DATASEC = 15;
    static final int FLOAT = 16;
    static final int DECL_TAG = 17;
    static final int TYPE_TAG = 18;
    static final int ENUM64 = 19;

    /// Bits 24 to 30 of `info`; until 7.1 bits 24 to 28, the others 0.
    static final int NUMBERS = 128;

    /// A kind whose size nobody knows.
    static final int UNKNOWN = -1;

    /// The kinds that a name is looked up among, each as the bit of its number; of functions there are too many.
    static final long NAMED_TYPES = 1L << INT
            | 1L << STRUCT
            | 1L << UNION
            | 1L << ENUM
            | 1L << FWD
            | 1L << TYPEDEF
            | 1L << VAR
            | 1L << FLOAT
            | 1L << ENUM64;

    /// The kinds whose records tell a size.
    static final long SIZED = 1L << INT | 1L << STRUCT | 1L << UNION | 1L << ENUM | 1L << FLOAT | 1L << ENUM64;

    private BtfKind() {}

    /// Whether a kind is in a set of bits.
    static boolean isIn(long kinds, int kind) {
        return kind < Long.SIZE && (kinds >>> kind & 1) != 0;
    }

    /// Bytes behind the record itself, without its elements.
    static int fixedBytes(int kind) {
        return switch (kind) {
            case INT, VAR, DECL_TAG -> 4;
            case ARRAY -> 12;
            case PTR, STRUCT, UNION, ENUM, FWD, TYPEDEF, VOLATILE, CONST, RESTRICT, FUNC -> 0;
            case FUNC_PROTO, DATASEC, FLOAT, TYPE_TAG, ENUM64 -> 0;
            default -> UNKNOWN;
        };
    }

    /// Bytes of each of its `vlen` elements.
    static int elementBytes(int kind) {
        return switch (kind) {
            case STRUCT, UNION, DATASEC, ENUM64 -> 12;
            case ENUM, FUNC_PROTO -> 8;
            default -> 0;
        };
    }
}
