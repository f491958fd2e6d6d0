package io.inquest.crash.report;

import java.util.List;

/// A backtrace under its title.
///
/// @param title whose it is
/// @param frames innermost first
/// @param end how it ended, if not at the stack's own end; empty else
public record Backtrace(String title, List<AnnotatedFrame> frames, String end) {}
