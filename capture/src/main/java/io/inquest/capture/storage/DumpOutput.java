package io.inquest.capture.storage;

import java.io.OutputStream;
import java.nio.file.Path;

/// Where a dump is written to.
public sealed interface DumpOutput {

    /// A file that is not there yet.
    record ToFile(Path path) implements DumpOutput {}

    /// A stream, from its begin to its end.
    record ToStream(OutputStream stream) implements DumpOutput {}
}
