package io.inquest.dump;

import io.inquest.dump.codec.Compression;

/// How a dump stores the contents of one page frame.
///
/// @param compression how its bytes are compressed
/// @param bytes how many there are in the file
public record StoredForm(Compression compression, int bytes) {}
