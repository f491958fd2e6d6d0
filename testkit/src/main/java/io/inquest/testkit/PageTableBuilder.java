package io.inquest.testkit;

import java.util.Objects;

/// Page tables of x86-64 (Intel SDM volume 3, chapter 4; kernel 6.12: `arch/x86/include/asm/pgtable_types.h`).
///
/// Tables are made when a mapping needs them, one after the other from a given physical address on.
public final class PageTableBuilder {

    private static final long PRESENT = 0x1;
    private static final long WRITABLE = 0x2;
    private static final long PSE = 0x80;
    private static final int PTE_SHIFT = 12;
    private static final int PMD_SHIFT = 21;
    private static final int PUD_SHIFT = 30;

    private final SyntheticMemory memory;
    private final int levels;
    private final long encrypted;
    private final long root;
    private long nextTable;

    /// `encrypted` is the bit that each entry gets (`sme_mask`), or 0.
    public PageTableBuilder(SyntheticMemory memory, int levels, long firstTable, long encrypted) {
        this.memory = memory;
        this.levels = levels;
        this.encrypted = encrypted;
        this.nextTable = firstTable;
        this.root = newTable();
    }

    /// Physical address of the root table.
    public long root() {
        return root;
    }

    public PageTableBuilder map4K(long virtual, long physical) {
        return setEntry(virtual, PTE_SHIFT, physical | PRESENT | WRITABLE | encrypted);
    }

    public PageTableBuilder map2M(long virtual, long physical) {
        return setEntry(virtual, PMD_SHIFT, physical | PRESENT | WRITABLE | PSE | encrypted);
    }

    public PageTableBuilder map1G(long virtual, long physical) {
        return setEntry(virtual, PUD_SHIFT, physical | PRESENT | WRITABLE | PSE | encrypted);
    }

    /// Sets the entry for `virtual` in the table whose entries cover `1 << shift` bytes, with the
    /// tables above it.
    public PageTableBuilder setEntry(long virtual, int shift, long entry) {
        memory.put64(entryAddress(virtual, shift), entry);
        return this;
    }

    /// Physical address of that entry.
    public long entryAddress(long virtual, int shift) {
        long table = root;
        for (int at = PTE_SHIFT + 9 * (levels - 1); at > shift; at -= 9) {
            long entryAddress = table + 8 * ((virtual >>> at) & 511);
            long entry = read64(entryAddress);
            if ((entry & PRESENT) == 0) {
                entry = newTable() | PRESENT | WRITABLE | encrypted;
                memory.put64(entryAddress, entry);
            }
            table = entry & ~encrypted & 0x000f_ffff_ffff_f000L;
        }
        return table + 8 * ((virtual >>> shift) & 511);
    }

    private long newTable() {
        long table = nextTable;
        nextTable += SyntheticMemory.PAGE_BYTES;
        memory.reserve(table, SyntheticMemory.PAGE_BYTES);
        return table;
    }

    private long read64(long address) {
        byte[] page = Objects.requireNonNull(memory.pages().get(address >>> 12));
        long value = 0;
        for (int i = 7; i >= 0; i--) {
            value = (value << 8) | (page[(int) (address % SyntheticMemory.PAGE_BYTES) + i] & 0xff);
        }
        return value;
    }
}
