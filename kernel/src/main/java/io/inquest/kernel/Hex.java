package io.inquest.kernel;

/// Addresses as messages spell them.
public final class Hex {

    private Hex() {}

    /// `0x` and the digits of an unsigned number, without leading zeros.
    public static String of(long value) {
        return "0x" + Long.toHexString(value);
    }
}
