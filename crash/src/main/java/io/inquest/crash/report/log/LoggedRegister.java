package io.inquest.crash.report.log;

/// A register as the log has it.
///
/// @param name as printed, such as `RAX` or `x29`
/// @param value its bits
public record LoggedRegister(String name, long value) {}
