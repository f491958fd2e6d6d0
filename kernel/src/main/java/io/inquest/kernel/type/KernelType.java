package io.inquest.kernel.type;

/// A C type of the dead kernel, whatever described it (BTF, DWARF).
///
/// Types that lead to others find them when they are first asked for: one struct of the kernel reaches thousands.
/// Immutable and safe for many threads.
public sealed interface KernelType
        permits VoidType,
                IntegerType,
                FloatType,
                PointerType,
                ArrayType,
                StructType,
                EnumType,
                WrapperType,
                FunctionType {

    /// As C spells it where a type name stands, such as `struct list_head *`, `unsigned long`, `char [16]`.
    default String name() {
        return Declarator.of(this, "");
    }

    /// The declaration of a variable of this type, such as `char comm[16]` or `void (*func)(struct work_struct
    /// *)`.
    default String declare(String variable) {
        return Declarator.of(this, variable);
    }

    /// Size in bytes; 0 for what has none: `void`, functions, flexible arrays, structs that are only declared.
    long bytes();

    /// This type without typedefs and qualifiers around it.
    default KernelType plain() {
        return this;
    }
}
