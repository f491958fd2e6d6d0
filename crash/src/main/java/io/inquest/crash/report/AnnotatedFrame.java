package io.inquest.crash.report;

/// A frame of a backtrace, with what is known of it.
///
/// @param frame where
/// @param primary whether its function names the death
/// @param note such as the source line; empty if nothing is known
public record AnnotatedFrame(CallFrame frame, boolean primary, String note) {}
