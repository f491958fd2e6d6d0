package io.inquest.kernel.stack.orc;

import java.util.Optional;

/// Where the ORC entry for an address comes from.
@FunctionalInterface
public interface OrcSource {

    /// The entry that covers a code address; empty outside of all tables.
    Optional<OrcEntry> at(long codeAddress);
}
