package io.inquest.kernel.symbol;

/// Finds a table's symbols by name.
sealed interface NameIndex permits SeqsOfNames, NameHashes {

    /// The first symbol of that name in the order of the table, -1 when there is none.
    int first(byte[] name);

    /// All symbols of that name, in the order of the table.
    int[] all(byte[] name);

    /// All symbols whose names begin with `prefix`, in any order.
    int[] startingWith(byte[] prefix);
}
