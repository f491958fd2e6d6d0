package io.inquest.capture.collect;

import io.inquest.capture.storage.DumpOutput;

/// Makes a dump in a way that it is told.
@FunctionalInterface
public interface DumpMaker {

    /// Writes the dump; what went wrong is in the result. What a failed attempt left is the caller's to take away.
    Made make(Way way, DumpOutput output);
}
