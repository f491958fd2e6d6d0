package io.inquest.kernel.arch;

/// One stack: the memory from `low` up to and without `high`.
///
/// @param name what crash(8) calls an exception stack (`NMI`, `DOUBLEFAULT`), else words such as `IRQ`
public record StackArea(Kind kind, String name, long low, long high) {

    /// What runs on it.
    public enum Kind {
        /// A task in the kernel, and on some machines whatever interrupts it.
        TASK,
        /// Interrupts that came while the CPU was in the kernel.
        IRQ,
        /// Exceptions that must not trust the stack they come upon.
        EXCEPTION,
        /// The first instructions after user mode.
        ENTRY
    }

    public boolean contains(long address) {
        return Long.compareUnsigned(address - low, high - low) < 0;
    }

    public long bytes() {
        return high - low;
    }
}
