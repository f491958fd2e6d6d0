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
}
