package io.inquest.makedumpfile.erase;

/// How much an `erase` takes away.
sealed interface Extent {

    /// As much as the type says.
    record OfType() implements Extent {}

    /// `size N`, in bytes.
    record Bytes(long count) implements Extent {}

    /// `size SYMBOL.member`: as many bytes as that variable says.
    record ValueOf(MemberPath path) implements Extent {}

    /// `nullify`: the pointer itself becomes null.
    record Nullify() implements Extent {}
}
