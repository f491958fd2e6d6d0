package io.inquest.kernel.module;

/// A piece of a module in memory.
///
/// @param base its address
/// @param bytes its size
/// @param textBytes how much of that is code, from `base` on
/// @param initial whether it is freed when the module has started
public record ModulePart(long base, long bytes, long textBytes, boolean initial) {

    public boolean contains(long address) {
        return Long.compareUnsigned(address - base, bytes) < 0;
    }

    /// Whether code is at that address.
    public boolean hasText(long address) {
        return Long.compareUnsigned(address - base, textBytes) < 0;
    }
}
