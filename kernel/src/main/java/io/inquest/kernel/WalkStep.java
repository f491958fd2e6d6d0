package io.inquest.kernel;

/// One step of a page table walk.
///
/// @param level the table's kernel name: `PGD`, `P4D`, `PUD`, `PMD`, `PTE`
/// @param entryAddress physical address of the entry
/// @param entry what it holds
public record WalkStep(String level, long entryAddress, long entry) {}
