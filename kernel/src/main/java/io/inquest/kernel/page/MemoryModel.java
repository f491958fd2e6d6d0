package io.inquest.kernel.page;

/// How a kernel arranges its struct pages (kernel: `mm/Kconfig`).
public enum MemoryModel {
    /// One array for all memory.
    FLATMEM,
    /// One array for each NUMA node (until 5.13).
    DISCONTIGMEM,
    /// One array for each section of memory; the sections in a static array.
    SPARSEMEM,
    /// The same with the sections in a table of two levels.
    SPARSEMEM_EXTREME
}
