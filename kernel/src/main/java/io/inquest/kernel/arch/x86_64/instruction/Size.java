package io.inquest.kernel.arch.x86_64.instruction;

/// The size of an operand, as the codes of the manual's appendix A say.
///
/// | Code        | Is                                                                     |
/// |-------------|------------------------------------------------------------------------|
/// | b w d q     | 1, 2, 4, 8 bytes; dq, qq 16, 32                                        |
/// | v           | 2, 4 or 8, by prefixes; z the same but no more than 4; y 4 or 8        |
/// | x           | the whole vector; xh xq xe a half, quarter, eighth of it               |
/// | ss sd       | one number of 4 or 8 bytes in a vector                                 |
/// | bs bq zq    | of a number: 1 byte for v, 1 byte for 8, z for 8, with its sign        |
/// | p s         | a far pointer; the size and address of a table                         |
enum Size {
    NONE,
    B,
    W,
    D,
    Q,
    DQ,
    QQ,
    V,
    Z,
    Y,
    X,
    XH,
    XQ,
    XE,
    SS,
    SD,
    BS,
    BQ,
    ZQ,
    P,
    S;

    private static final int SHORTEST_VECTOR = 16;

    /// Bytes; 0 if the instruction does not tell.
    int bytes(int operandBytes, int vectorBytes) {
        return switch (this) {
            case NONE, P, S -> 0;
            case B, BS, BQ -> 1;
            case W -> 2;
            case D, SS -> 4;
            case Q, SD -> 8;
            case DQ -> SHORTEST_VECTOR;
            case QQ -> 2 * SHORTEST_VECTOR;
            case V, Y -> operandBytes;
            case Z, ZQ -> Math.min(operandBytes, 4);
            case X -> vectorBytes;
            case XH -> vectorBytes / 2;
            case XQ -> vectorBytes / 4;
            case XE -> vectorBytes / 8;
        };
    }

    /// Bytes of the vector register that holds it.
    int registerBytes(int vectorBytes) {
        return switch (this) {
            case X -> vectorBytes;
            case QQ -> 2 * SHORTEST_VECTOR;
            case XH -> Math.max(SHORTEST_VECTOR, vectorBytes / 2);
            default -> SHORTEST_VECTOR;
        };
    }
}
