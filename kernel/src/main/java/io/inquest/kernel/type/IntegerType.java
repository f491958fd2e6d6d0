package io.inquest.kernel.type;

/// An integer type of C, `char` and `_Bool` among them.
///
/// @param keyword as the compiler spells it, such as `long unsigned int` or `unsigned long`
/// @param bytes 1 to 16
public record IntegerType(String keyword, long bytes, boolean signed, Use use) implements KernelType {

    /// What the value stands for.
    public enum Use {
        NUMBER,
        CHARACTER,
        BOOLEAN
    }

    /// As programmers write it, and debuggers show it: `unsigned long` for the compiler's `long unsigned int`.
    public String spelling() {
        return switch (keyword) {
            case "long long unsigned int" -> "unsigned long long";
            case "long long int" -> "long long";
            case "long unsigned int" -> "unsigned long";
            case "long int" -> "long";
            case "short unsigned int" -> "unsigned short";
            case "short int" -> "short";
            default -> keyword;
        };
    }
}
