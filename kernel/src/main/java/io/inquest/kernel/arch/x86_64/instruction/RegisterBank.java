package io.inquest.kernel.arch.x86_64.instruction;

import java.util.List;

/// The names of registers by their numbers.
final class RegisterBank {

    private static final List<String> LOW = List.of("ax", "cx", "dx", "bx", "sp", "bp", "si", "di");
    private static final List<String> HIGH_BYTES = List.of("ah", "ch", "dh", "bh");
    private static final List<String> SEGMENTS = List.of("es", "cs", "ss", "ds", "fs", "gs");

    private RegisterBank() {}

    /// The part of a general register that has so many bytes.
    ///
    /// @param uniform whether numbers 4 to 7 are bytes of `rsp`, `rbp`, `rsi`, `rdi`, and not the second bytes
    ///     of the first four
    static String general(int number, int bytes, boolean uniform) {
        if (number >= LOW.size()) {
            return "r" + number
                    + switch (bytes) {
                        case 1 -> "b";
                        case 2 -> "w";
                        case 4 -> "d";
                        default -> "";
                    };
        }
        String name = LOW.get(number);
        return switch (bytes) {
            case 1 -> number < 4 ? name.charAt(0) + "l" : uniform ? name + "l" : HIGH_BYTES.get(number - 4);
            case 2 -> name;
            case 4 -> "e" + name;
            default -> "r" + name;
        };
    }

    /// The whole register of which [#general] names a part.
    static String whole(int number, int bytes, boolean uniform) {
        boolean high = bytes == 1 && !uniform && number >= 4 && number < 8;
        return general(high ? number - 4 : number, Long.BYTES, true);
    }

    static String vector(int number, int bytes) {
        return (bytes == 64 ? "zmm" : bytes == 32 ? "ymm" : "xmm") + number;
    }

    /// Empty if the machine has no such segment register.
    static String segment(int number) {
        return number < SEGMENTS.size() ? SEGMENTS.get(number) : "";
    }
}
