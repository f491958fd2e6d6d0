package io.inquest.crash.report;

/// A register at the moment of death.
///
/// @param name such as `RAX`
/// @param value its bits
/// @param note what it points at or looks like; empty if nothing is known
public record AnnotatedRegister(String name, long value, String note) {}
