package io.inquest.crash.report;

/// Something else that the log tells of.
///
/// @param time seconds since boot as the log has them; empty if it has none
/// @param kind what it was
/// @param text the line that tells it
/// @param before whether it happened before the death's own event
public record Incident(String time, DeathKind kind, String text, boolean before) {}
