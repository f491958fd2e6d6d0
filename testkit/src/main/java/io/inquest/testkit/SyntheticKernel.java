package io.inquest.testkit;

import java.io.ByteArrayOutputStream;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/// A machine of x86-64 with nothing but page tables, a kernel image and a direct map: 64 MiB from
/// physical address 0.
///
/// | Virtual                          | Physical              | Pages | What                    |
/// |----------------------------------|-----------------------|-------|-------------------------|
/// | `0xffff888000000000` (5 levels: `0xff11000000000000`) | 0 | 2 MiB | direct map, 64 MiB  |
/// | `0xffffffff81000000`             | `0x1000000 + physBase` | 2 MiB | image, 4 MiB           |
///
/// (kernel 6.12: `Documentation/arch/x86/x86_64/mm.rst`.) The root table is the image's first
/// page, as `init_top_pgt`.
public final class SyntheticKernel {

    public static final long IMAGE = 0xffff_ffff_8100_0000L;
    public static final long MEMORY_BYTES = 64L << 20;

    private static final long START_KERNEL_MAP = 0xffff_ffff_8000_0000L;
    private static final long DIRECT_MAP_4 = 0xffff_8880_0000_0000L;
    private static final long DIRECT_MAP_5 = 0xff11_0000_0000_0000L;
    private static final long IMAGE_BYTES = 4L << 20;
    private static final long HUGE = 2L << 20;

    private final SyntheticMemory memory = new SyntheticMemory(ByteOrder.LITTLE_ENDIAN);
    private final VmcoreInfoBuilder info = new VmcoreInfoBuilder();
    private final PageTableBuilder tables;
    private final long directMap;
    private final long physBase;
    private long nextFree = IMAGE + (1 << 20);

    /// `physBase` is a multiple of 2 MiB; `encrypted` the bit of `sme_mask` or 0.
    public SyntheticKernel(int levels, long physBase, long encrypted) {
        this.physBase = physBase;
        this.directMap = levels == 5 ? DIRECT_MAP_5 : DIRECT_MAP_4;
        this.tables = new PageTableBuilder(memory, levels, physical(IMAGE), encrypted);
        for (long at = 0; at < MEMORY_BYTES; at += HUGE) {
            tables.map2M(directMap + at, at);
        }
        for (long at = 0; at < IMAGE_BYTES; at += HUGE) {
            tables.map2M(IMAGE + at, physical(IMAGE + at));
        }
        info.line("OSRELEASE", "6.12.0-test").line("PAGESIZE", "4096");
        info.symbol("init_top_pgt", IMAGE);
        info.number("phys_base", physBase);
        info.number("pgtable_l5_enabled", levels == 5 ? 1 : 0);
        info.number("sme_mask", encrypted);
    }

    /// Four levels, loaded where it is linked to, no encryption.
    public SyntheticKernel() {
        this(4, 0, 0);
    }

    public SyntheticMemory memory() {
        return memory;
    }

    public VmcoreInfoBuilder vmcoreInfo() {
        return info;
    }

    public PageTableBuilder tables() {
        return tables;
    }

    public long directMap() {
        return directMap;
    }

    /// Physical address of an address in the image.
    public long physical(long imageAddress) {
        return imageAddress - START_KERNEL_MAP + physBase;
    }

    /// Address of fresh memory in the image, page-aligned and zero.
    public long allocate(int bytes) {
        long address = nextFree;
        nextFree += (bytes + SyntheticMemory.PAGE_BYTES - 1) & -SyntheticMemory.PAGE_BYTES;
        memory.reserve(physical(address), bytes);
        return address;
    }

    /// Puts `struct uts_namespace init_uts_ns` in memory (since 5.11 the name comes first).
    public SyntheticKernel utsname(String... fields) {
        long address = allocate(6 * 65);
        for (int i = 0; i < fields.length; i++) {
            memory.putText(physical(address) + 65L * i, fields[i]);
        }
        info.symbol("init_uts_ns", address).offset("uts_namespace.name", 0);
        return this;
    }

    /// The crashed machine as `/proc/vmcore` gives it: the pages that there are, and the vmcoreinfo note.
    public byte[] core() {
        ElfCoreBuilder core = ElfCoreBuilder.elf64(memory.order());
        core.note("VMCOREINFO", 0, info.build().getBytes(StandardCharsets.US_ASCII));
        ByteArrayOutputStream run = new ByteArrayOutputStream();
        long start = 0;
        for (var page : memory.pages().entrySet()) {
            long address = page.getKey() * SyntheticMemory.PAGE_BYTES;
            if (address != start + run.size() && run.size() > 0) {
                core.load(start, run.toByteArray());
                run.reset();
            }
            start = run.size() == 0 ? address : start;
            run.writeBytes(page.getValue());
        }
        return core.load(start, run.toByteArray()).build();
    }
}
