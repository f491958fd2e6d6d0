package io.inquest.kernel.page;

/// Marks of struct pages that vmcoreinfo does not tell, but the kernel's types do; 0 where the kernel has none.
///
/// @param unevictable `PG_unevictable` as a mask: on the list of pages that cannot be reclaimed
/// @param tableType page type of page tables
/// @param largeKmallocType page type of memory that kmalloc() took from the page allocator
public record PageMarks(long unevictable, int tableType, int largeKmallocType) {}
