package io.inquest.kernel.slab;

/// An object of a cache that an address belongs to.
///
/// @param slab where it lies
/// @param address its first byte
/// @param state whether somebody uses it
public record SlabObject(Slab slab, long address, State state) {

    /// Whether an object is in use.
    public enum State {
        ALLOCATED,
        FREE,
        /// Free, and kept by a CPU for the next user.
        CACHED
    }
}
