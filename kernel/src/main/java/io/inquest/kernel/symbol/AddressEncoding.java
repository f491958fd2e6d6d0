package io.inquest.kernel.symbol;

/// How kallsyms tells a symbol's address.
///
/// | Encoding          | Kernels                            | Address of symbol `i`                                |
/// |-------------------|------------------------------------|------------------------------------------------------|
/// | `ABSOLUTE`        | until 6.10 where others are not    | the value, a word of `kallsyms_addresses`            |
/// | `BASE_RELATIVE`   | 4.6 (2213e9a66bb8) … 6.19          | base + unsigned value                                |
/// | `SIGNED`          | 4.6 … 6.14 (01157ddc58dc), x86 SMP | value if not negative (per-CPU, constants), else     |
/// |                   |                                    | base − 1 − value                                     |
/// | `PLACE_RELATIVE`  | since 7.0 (a081b5789255)           | address of the value + value                         |
enum AddressEncoding {
    ABSOLUTE("absolute"),
    BASE_RELATIVE("base-relative"),
    SIGNED("base-relative, signed"),
    PLACE_RELATIVE("place-relative");

    private final String words;

    AddressEncoding(String words) {
        this.words = words;
    }

    /// As `sys --sources` says it.
    String words() {
        return words;
    }

    /// `value` is sign-extended; `base` is what `kallsyms_relative_base` holds, `place` where `value` lies.
    long address(long value, long base, long place) {
        return switch (this) {
            case ABSOLUTE -> value;
            case BASE_RELATIVE -> base + (value & 0xffff_ffffL);
            case SIGNED -> value >= 0 ? value : base - 1 - value;
            case PLACE_RELATIVE -> place + value;
        };
    }
}
