package io.inquest.dump.salvage;

/// Which bytes of a dump really come from its file: a flattened stream that lost a record has holes that read as
/// zero.
@FunctionalInterface
public interface Coverage {

    /// That of a plain file.
    Coverage ALL = (offset, bytes) -> true;

    /// Whether all of `[offset, offset + bytes)` is there.
    boolean covers(long offset, long bytes);
}
