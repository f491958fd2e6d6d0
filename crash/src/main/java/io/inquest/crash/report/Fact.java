package io.inquest.crash.report;

/// One thing that is known of a death, beside the sentence that tells it.
///
/// @param name what it is, such as `fault address`
/// @param value what is known of it
public record Fact(String name, String value) {}
