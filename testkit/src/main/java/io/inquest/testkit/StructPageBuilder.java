package io.inquest.testkit;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// Writes the struct pages of a row of page frames as a kernel of one era would have them.
///
/// A new one describes frames that are allocated to the kernel and of no special use.
public final class StructPageBuilder {

    private static final long ANONYMOUS = 1;
    private static final long SOME_MAPPING = 0x8888_0123_4560L;
    private static final int NOT_MAPPED = -1;

    private final KernelEra era;
    private final ByteBuffer bytes;
    private final long address;
    private final int frames;

    /// `address` is the virtual address of the first struct page, that of frame 0.
    public StructPageBuilder(KernelEra era, ByteOrder order, long address, int frames) {
        this.era = era;
        this.address = address;
        this.frames = frames;
        this.bytes = ByteBuffer.allocate(frames * era.structBytes()).order(order);
        for (int pfn = 0; pfn < frames; pfn++) {
            set32(pfn, era.at().mapcount(), NOT_MAPPED);
            set32(pfn, era.at().count(), 1);
        }
    }

    public byte[] bytes() {
        return bytes.array().clone();
    }

    public int frames() {
        return frames;
    }

    /// Not managed by the allocator.
    public StructPageBuilder reserved(int pfn) {
        return flag(pfn, era.bit().reserved());
    }

    /// A free block. Before types marked them, nothing but the free lists told it.
    public StructPageBuilder free(int pfn, int order) {
        set32(pfn, era.at().count(), 0);
        setWord(pfn, era.at().priv(), order);
        return era.type().buddy() == 0 ? this : type(pfn, era.type().buddy());
    }

    /// Memory that the hypervisor has yet to give.
    public StructPageBuilder unaccepted(int pfn) {
        return type(pfn, era.type().unaccepted());
    }

    public StructPageBuilder anonymous(int pfn) {
        setWord(pfn, era.at().mapping(), SOME_MAPPING | ANONYMOUS);
        set32(pfn, era.at().mapcount(), 0);
        return flag(pfn, era.bit().lru());
    }

    /// A page of a file, on a list of pages that can be reclaimed.
    public StructPageBuilder file(int pfn) {
        setWord(pfn, era.at().mapping(), SOME_MAPPING);
        return flag(pfn, era.bit().lru());
    }

    public StructPageBuilder privateFile(int pfn) {
        return file(pfn).flag(pfn, era.bit().priv());
    }

    /// In the swap cache and not on a list; `PG_swapbacked` is what tells it from other uses of the flag since
    /// 4.10.
    public StructPageBuilder swapCache(int pfn) {
        return flag(pfn, era.bit().swapCache()).flag(pfn, era.bit().swapBacked());
    }

    public StructPageBuilder slab(int pfn, int order) {
        compound(pfn, order, 1);
        return era.type().slab() == 0
                ? flag(pfn, era.bit().slab())
                : type(pfn, era.type().slab());
    }

    /// A page table, as far as the release marks them.
    public StructPageBuilder pageTable(int pfn) {
        return era.type().table() == 0 ? this : type(pfn, era.type().table());
    }

    public StructPageBuilder offline(int pfn) {
        return type(pfn, era.type().offline());
    }

    /// Any page type.
    public StructPageBuilder type(int pfn, int value) {
        set32(pfn, era.at().mapcount(), value);
        return this;
    }

    public StructPageBuilder hwpoison(int pfn) {
        return flag(pfn, era.bit().hwpoison());
    }

    /// A transparent huge page of a process.
    public StructPageBuilder anonymousHuge(int pfn, int order) {
        return compound(pfn, order, 1).anonymous(pfn);
    }

    public StructPageBuilder fileHuge(int pfn, int order) {
        return compound(pfn, order, 1).file(pfn);
    }

    /// A huge page of hugetlbfs: shared, so that its mapping does not mark it as a process's.
    public StructPageBuilder hugetlb(int pfn, int order) {
        int destructor = era.compound() instanceof KernelEra.Compound.Fields fields ? fields.hugetlbDestructor() : 1;
        compound(pfn, order, destructor);
        setWord(pfn, era.at().mapping(), SOME_MAPPING);
        if (era.compound() instanceof KernelEra.Compound.ListPointers pointers) {
            setWord(pfn + 1, era.at().lru(), pointers.hugetlbDestructor());
        } else if (era.compound() instanceof KernelEra.Compound.FlagsByte flags) {
            if (flags.hugetlbBit() >= 0) {
                flag(pfn + 1, flags.hugetlbBit());
            } else {
                type(pfn, era.type().hugetlb());
            }
        }
        return this;
    }

    /// A compound page of the kernel. `order` 0 is a single page.
    public StructPageBuilder compound(int pfn, int order, int destructor) {
        if (order == 0) {
            return this;
        }
        flag(pfn, era.bit().head());
        for (int tail = pfn + 1; tail < Math.min(pfn + (1 << order), frames); tail++) {
            set32(tail, era.at().count(), 0);
            if (era.at().head() >= 0) {
                setWord(tail, era.at().head(), headOf(pfn, order));
            }
            if (era.compound() instanceof KernelEra.Compound.Index) {
                flag(tail, era.bit().head()).privateWord(tail, address + (long) pfn * era.structBytes());
            }
        }
        if (pfn + 1 < frames) {
            order(pfn + 1, order, destructor);
            largeMapcount(pfn + 1);
        }
        return this;
    }

    /// Since 6.6 the number of mappings of the whole, -1 for none, lies where `mapping` is in other struct
    /// pages.
    private void largeMapcount(int second) {
        if (era.compound() instanceof KernelEra.Compound.FlagsByte) {
            set32(second, era.at().mapping(), NOT_MAPPED);
        }
    }

    /// A pointer to the head with bit 0 set; since 7.1, where struct pages have a size of a power of two, a
    /// mask.
    private long headOf(int pfn, int order) {
        return era.vmcoreinfo().contains("compound_info")
                ? -((long) era.structBytes() << order) + 1
                : address + (long) pfn * era.structBytes() + 1;
    }

    private void order(int second, int order, int destructor) {
        switch (era.compound()) {
            case KernelEra.Compound.Index index -> setWord(second, index.order(), order);
            case KernelEra.Compound.ListPointers pointers ->
                setWord(second, era.at().lru() + era.wordBytes(), order);
            case KernelEra.Compound.Fields fields -> {
                set(second, fields.order(), fields.width(), order);
                set(second, fields.destructor(), fields.width(), destructor);
            }
            case KernelEra.Compound.FlagsByte flags -> setWord(second, 0, (getWord(second, 0) & ~0xffL) | order);
        }
    }

    /// Sets one bit of the flags; -1 stands for a flag that the release does not have.
    public StructPageBuilder flag(int pfn, int bit) {
        if (bit >= 0) {
            setWord(pfn, 0, getWord(pfn, 0) | 1L << bit);
        }
        return this;
    }

    /// Sets the word `private`, as the order of a free block.
    public StructPageBuilder privateWord(int pfn, long value) {
        setWord(pfn, era.at().priv(), value);
        return this;
    }

    /// Links the page into a list.
    public StructPageBuilder lru(int pfn, long next, long previous) {
        setWord(pfn, era.at().lru(), next);
        setWord(pfn, era.at().lru() + era.wordBytes(), previous);
        return this;
    }

    /// Sets the word `mapping`, whatever it means there.
    public StructPageBuilder mappingWord(int pfn, long value) {
        setWord(pfn, era.at().mapping(), value);
        return this;
    }

    private long getWord(int pfn, int offset) {
        int at = pfn * era.structBytes() + offset;
        return era.wordBytes() == Long.BYTES ? bytes.getLong(at) : bytes.getInt(at);
    }

    private void setWord(int pfn, int offset, long value) {
        set(pfn, offset, era.wordBytes(), value);
    }

    private void set32(int pfn, int offset, int value) {
        set(pfn, offset, Integer.BYTES, value);
    }

    private void set(int pfn, int offset, int width, long value) {
        int at = pfn * era.structBytes() + offset;
        switch (width) {
            case 1 -> bytes.put(at, (byte) value);
            case 2 -> bytes.putShort(at, (short) value);
            case 4 -> bytes.putInt(at, (int) value);
            default -> bytes.putLong(at, value);
        }
    }
}
