package io.inquest.kernel.arch.x86_64;

import io.inquest.dump.PhysicalMemory;
import java.io.IOException;

/// Page tables of x86-64, as hardware and Linux read them.
///
/// A table is a page of 512 entries of 8 bytes (Intel SDM volume 3, chapter 4; Linux: `pgtable_types.h`):
///
/// | Bits   | Name           | Meaning                                                            |
/// |-------:|----------------|--------------------------------------------------------------------|
/// | 0      | `PRESENT`      | the entry holds                                                    |
/// | 7      | `PSE`          | in a PUD or PMD entry: maps 1 GiB or 2 MiB, no table below         |
/// | 8      | `PROTNONE`     | without `PRESENT`: mapped, but no access; address bits are inverted |
/// | 51..12 | address        | of the next table or of the page, less the bits below its size     |
/// | any    | `sme_mask`     | encrypted memory; not part of the address                          |
///
/// Levels by the lowest bit of the virtual address that they choose by: PGD 48 (five levels only, else 39), P4D
/// 39, PUD 30, PMD 21, PTE 12.
final class PageTables {

    static final int PAGE_SHIFT = 12;
    static final int TABLE_BYTES = 4096;
    static final int ENTRIES = 512;
    static final int MAX_LEVELS = 5;

    private static final long PRESENT = 0x1;
    private static final long PSE = 0x80;
    private static final long PROTNONE = 0x100;
    private static final long ADDRESS = 0x000f_ffff_ffff_f000L;
    private static final int BITS_PER_LEVEL = 9;
    private static final int PMD_SHIFT = 21;
    private static final int PUD_SHIFT = 30;
    private static final String[] NAMES = {"PGD", "P4D", "PUD", "PMD", "PTE"};

    private final PhysicalMemory memory;
    private final TableCache cache;
    private final int levels;
    private final long addressMask;

    PageTables(PhysicalMemory memory, int levels, long smeMask) {
        this.memory = memory;
        this.cache = new TableCache(memory);
        this.levels = levels;
        this.addressMask = ADDRESS & ~smeMask;
    }

    PhysicalMemory memory() {
        return memory;
    }

    int levels() {
        return levels;
    }

    /// The kernel's name of the table that step `depth` of a walk reads; four levels have no P4D.
    static String levelName(int levels, int depth) {
        return NAMES[depth == 0 || levels == MAX_LEVELS ? depth : depth + 1];
    }

    /// log2 of the bytes that one entry of a table at `depth` covers.
    int shiftAt(int depth) {
        return PAGE_SHIFT + BITS_PER_LEVEL * (levels - 1 - depth);
    }

    boolean isCanonical(long virtualAddress) {
        return canonical(virtualAddress) == virtualAddress;
    }

    /// The address with its highest used bit in all bits above.
    long canonical(long virtualAddress) {
        int unused = Long.SIZE - virtualBits();
        return virtualAddress << unused >> unused;
    }

    private int virtualBits() {
        return PAGE_SHIFT + BITS_PER_LEVEL * levels;
    }

    /// The first address of the upper half, the kernel's.
    long kernelHalf() {
        return -1L << (virtualBits() - 1);
    }

    TableCache cache() {
        return cache;
    }

    /// Goes down from `rootTable` to what `virtualAddress` is mapped to; `walk` holds the answer.
    void walk(long rootTable, long virtualAddress, Walk walk) throws IOException {
        walk.begin(virtualAddress);
        if (!isCanonical(virtualAddress)) {
            walk.notCanonical(kernelHalf() - virtualAddress);
            return;
        }
        long table = rootTable;
        for (int depth = 0; depth < levels; depth++) {
            int shift = shiftAt(depth);
            long covered = 1L << shift;
            long run = covered - (virtualAddress & covered - 1);
            long[] entries = cache.entries(table);
            if (entries == null) {
                long tableCovers = covered << BITS_PER_LEVEL;
                walk.tableUnreadable(table, cache.state(table), tableCovers - (virtualAddress & tableCovers - 1));
                return;
            }
            int index = (int) (virtualAddress >>> shift) & ENTRIES - 1;
            long entry = entries[index];
            walk.step(table + index * (long) Long.BYTES, entry);
            if (isLeaf(entry, shift)) {
                walk.mapped(leafAddress(entry, shift) + (virtualAddress & covered - 1), run);
                return;
            }
            if (!hasTable(entry, shift)) {
                walk.notPresent(run);
                return;
            }
            table = tableAddress(entry);
        }
    }

    /// Whether an entry of a table with this shift maps memory itself. While the kernel splits a huge page, its
    /// entry has `PSE` alone (`pmd_present` in `arch/x86/include/asm/pgtable.h`).
    static boolean isLeaf(long entry, int shift) {
        boolean mayMap = shift == PAGE_SHIFT || (shift <= PUD_SHIFT && (entry & PSE) != 0);
        return mayMap && ((entry & (PRESENT | PROTNONE)) != 0 || shift == PMD_SHIFT);
    }

    /// Whether an entry points to another table.
    static boolean hasTable(long entry, int shift) {
        return shift > PAGE_SHIFT && (entry & PRESENT) != 0 && (shift > PUD_SHIFT || (entry & PSE) == 0);
    }

    long tableAddress(long entry) {
        return entry & addressMask;
    }

    /// Entries that are not present have their address bits inverted since 4.19 (6b28baca9b1f), against a CPU bug
    /// (L1TF); older kernels are read with bits set that no memory has.
    long leafAddress(long entry, int shift) {
        long plain = (entry & PRESENT) == 0 ? ~entry : entry;
        return plain & addressMask & -(1L << shift);
    }
}
