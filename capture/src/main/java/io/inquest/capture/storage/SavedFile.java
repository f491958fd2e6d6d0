package io.inquest.capture.storage;

/// A file that is on the target, was read back and is what was written.
///
/// @param sha256 of what was read back, in hexadecimal digits
public record SavedFile(String name, long bytes, String sha256) {}
