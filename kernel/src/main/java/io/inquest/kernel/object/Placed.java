package io.inquest.kernel.object;

/// An entry of a tree, and where it hangs.
///
/// @param entry the entry
/// @param way from the root down: slot numbers as in `0/12`, of a red-black tree `l` and `r`; empty for the root itself
public record Placed<T>(T entry, String way) {}
