package io.inquest.kernel.type;

/// The name spaces in which C looks a type up.
public enum TypeKind {
    STRUCT,
    UNION,
    ENUM,
    TYPEDEF,
    /// Integer and floating point types.
    BASE,
    FUNCTION
}
