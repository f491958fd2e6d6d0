package io.inquest.kernel.arch.x86_64;

import io.inquest.dump.DumpException;
import io.inquest.dump.Machine;
import io.inquest.dump.PhysicalMemory;
import io.inquest.kernel.Hex;
import io.inquest.kernel.KernelRelease;
import io.inquest.kernel.LinkedImage;
import io.inquest.kernel.VmcoreInfo;
import io.inquest.kernel.arch.Architecture;
import io.inquest.kernel.arch.CallingConvention;
import io.inquest.kernel.arch.Disassembler;
import io.inquest.kernel.arch.KernelSpace;
import io.inquest.kernel.arch.LinearRange;
import io.inquest.kernel.arch.PageEntry;
import io.inquest.kernel.arch.Registers;
import io.inquest.kernel.arch.StackRules;
import io.inquest.kernel.arch.x86_64.instruction.X86Disassembler;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/// 64-bit x86.
///
/// What vmcoreinfo tells (kernel: `arch/x86/kernel/vmcore_info_64.c`, before 6.9 `machine_kexec_64.c`):
///
/// | Key                          | Since  | Meaning                                             |
/// |------------------------------|--------|-----------------------------------------------------|
/// | `SYMBOL(init_top_pgt)`       | 4.13   | the kernel's root table; `init_level4_pgt` before   |
/// | `NUMBER(phys_base)`          | 4.10   | physical minus linked address of the kernel image   |
/// | `NUMBER(pgtable_l5_enabled)` | 4.17   | not 0: page tables of five levels                   |
/// | `NUMBER(sme_mask)`           | 5.1    | the bit of an entry that means "encrypted", or 0    |
/// | `NUMBER(KERNEL_IMAGE_SIZE)`  | 4.10   | bytes from `__START_KERNEL_map` that KASLR may use  |
public final class X86_64 implements Architecture {

    /// `__START_KERNEL_map`: where physical address `phys_base` of the kernel image is mapped.
    static final long START_KERNEL_MAP = 0xffff_ffff_8000_0000L;

    static final long DEFAULT_IMAGE_BYTES = 1L << 30;

    /// `CONFIG_PHYSICAL_ALIGN`, to which the image is loaded, is at least this; `_stext` comes soon behind.
    static final long IMAGE_ALIGNMENT = 2L << 20;

    private static final int SECTION_SIZE_BITS = 27;
    private static final int STACK_BYTES = 16 << 10;

    @Override
    public String name() {
        return "x86_64";
    }

    @Override
    public boolean isImageAddress(long address) {
        return address - START_KERNEL_MAP >= 0 && address - START_KERNEL_MAP < DEFAULT_IMAGE_BYTES;
    }

    @Override
    public KernelSpace kernelSpace(Machine machine, PhysicalMemory memory, VmcoreInfo info, OptionalLong physBase)
            throws IOException {
        if (memory.pageShift() != PageTables.PAGE_SHIFT) {
            throw new DumpException("the dump says that its pages have " + memory.pageBytes()
                    + " bytes, but page tables of x86_64 describe pages of 4096 bytes");
        }
        PhysBase base = PhysBase.find(memory, info, physBase);
        RootSymbol root = RootSymbol.find(info);
        PageTables tables = tables(memory, info);
        long rootTable = (root.address() - START_KERNEL_MAP + base.value()) & ~smeMask(info);
        checkMapsItself(tables, root, rootTable, base);
        return new KernelTables(tables, rootTable, START_KERNEL_MAP - base.value());
    }

    @Override
    public KernelSpace kernelSpace(
            Machine machine, PhysicalMemory memory, VmcoreInfo info, OptionalLong physBase, long rootTable)
            throws DumpException {
        PhysBase base = PhysBase.find(memory, info, physBase);
        PageTables tables = tables(memory, info);
        return new KernelTables(tables, tables.tableAddress(rootTable), START_KERNEL_MAP - base.value());
    }

    private static PageTables tables(PhysicalMemory memory, VmcoreInfo info) {
        return new PageTables(memory, fiveLevels(info) ? 5 : 4, smeMask(info));
    }

    private static long smeMask(VmcoreInfo info) {
        return info.number("sme_mask").orElse(0);
    }

    @Override
    public OptionalLong physBase(PhysicalMemory memory, VmcoreInfo info, OptionalLong recorded) {
        try {
            return OptionalLong.of(PhysBase.find(memory, info, recorded).value());
        } catch (DumpException nobodyTells) {
            return OptionalLong.empty();
        }
    }

    @Override
    public Optional<LinearRange> image(PhysicalMemory memory, VmcoreInfo info, OptionalLong recorded) {
        OptionalLong base = physBase(memory, info, recorded);
        long text = info.symbol("_stext").orElse(START_KERNEL_MAP);
        if (base.isEmpty() || !isImageAddress(text)) {
            return Optional.empty();
        }
        long start = text & -IMAGE_ALIGNMENT;
        long into = start - START_KERNEL_MAP;
        return Optional.of(new LinearRange(start, into + base.getAsLong(), DEFAULT_IMAGE_BYTES - into));
    }

    @Override
    public Optional<String> locate(LinkedImage image, PhysicalMemory memory) throws IOException {
        return new ImageSearch(image, memory).find();
    }

    /// A variable since KASLR may move the direct map (0483e1fa6e09, 4.8), if built to.
    @Override
    public Optional<String> directMapVariable() {
        return Optional.of("page_offset_base");
    }

    /// The kernel's tables map the kernel image, and they are part of it: found by arithmetic and by their own
    /// walk, the root table must be the same. A table that cannot be read leaves the question open.
    private static void checkMapsItself(PageTables tables, RootSymbol root, long rootTable, PhysBase base)
            throws IOException {
        Walk walk = new Walk(tables.levels());
        tables.walk(rootTable, root.address(), walk);
        boolean mapsItself = walk.isMapped() && walk.physical() == rootTable;
        if (mapsItself || walk.outcome() == Walk.Outcome.TABLE_UNREADABLE) {
            return;
        }
        throw new DumpException("the kernel's page tables are not where vmcoreinfo says: " + root.name() + " "
                + Hex.of(root.address()) + " lies at physical address " + Hex.of(rootTable) + " (phys_base "
                + Hex.of(base.value()) + " from " + base.source() + "), but in the "
                + tables.levels() + " levels of tables from there " + walk.describeEnd()
                + "; vmcoreinfo may be of another kernel, or the dump damaged");
    }

    private static boolean fiveLevels(VmcoreInfo info) {
        return info.number("pgtable_l5_enabled").orElse(0) != 0;
    }

    @Override
    public int defaultSectionSizeBits(VmcoreInfo info) {
        return SECTION_SIZE_BITS;
    }

    /// `MAX_PHYSMEM_BITS` (kernel: `arch/x86/include/asm/sparsemem.h`), exported since 5.8:
    ///
    /// | Kernel            | Bits |
    /// |-------------------|-----:|
    /// | before 2.6.26     |   40 |
    /// | before 2.6.31     |   44 |
    /// | with four levels  |   46 |
    /// | with five levels  |   52 |
    @Override
    public int defaultPhysicalAddressBits(VmcoreInfo info) {
        if (fiveLevels(info)) {
            return 52;
        }
        Optional<KernelRelease> release = info.osRelease().flatMap(KernelRelease::parse);
        if (release.isEmpty() || !release.get().isBefore(2, 6, 31)) {
            return 46;
        }
        return release.get().isBefore(2, 6, 26) ? 40 : 44;
    }

    @Override
    public PageEntry pageEntry(long entry) {
        return EntryFlags.describe(entry);
    }

    @Override
    public Registers registers(ByteBuffer prstatus) {
        return Prstatus.registers(prstatus);
    }

    /// 16 KiB since 3.15 (6538b8ea886e), 8 KiB before, 32 KiB with KASAN: a stack of another size is searched
    /// only in part, or the memory beside it too.
    @Override
    public int stackBytes() {
        return STACK_BYTES;
    }

    @Override
    public StackRules stackRules() {
        return new X86_64Stacks();
    }

    @Override
    public Disassembler disassembler() {
        return new X86Disassembler();
    }

    /// System V Application Binary Interface, AMD64 supplement, section 3.2.
    @Override
    public CallingConvention callingConvention() {
        return new CallingConvention(
                List.of("rdi", "rsi", "rdx", "rcx", "r8", "r9"),
                "rax",
                Set.of("rbx", "rbp", "rsp", "r12", "r13", "r14", "r15"));
    }
}
