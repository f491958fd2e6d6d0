package io.inquest.dump.io;

/// What a target still has to do with the bytes that it was given.
///
/// @param nanos nanoseconds until it is done
/// @param nanosPerByte how long a byte takes it
public record Backlog(long nanos, double nanosPerByte) {}
