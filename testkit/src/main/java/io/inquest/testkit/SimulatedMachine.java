package io.inquest.testkit;

import io.inquest.testkit.SimulatedSection.Use;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/// A crashed machine of any size, as the `/proc/vmcore` of Linux 6.12 on x86-64 would give it: all of it is computed
/// where it is read, and nothing is stored but a kernel of 64 MiB ([SyntheticKernel]).
///
/// | Physical address | What                                                                           |
/// |------------------|--------------------------------------------------------------------------------|
/// | 0                | the kernel: page tables, variables, `mem_section` with two levels              |
/// | 64 MiB           | page tables of the vmemmap, entries of 2 MiB                                   |
/// | 80 MiB           | the sections, 16 bytes each                                                    |
/// | 1 GiB            | the vmemmap: a struct page of 64 bytes for each page                           |
/// | where this ends  | memory of processes, caches and free pages, by section: [SimulatedSection]     |
///
/// The file has one ELF segment, from physical address 0 on. Safe for many threads.
public final class SimulatedMachine {

    /// Sizes are multiples of this, so that the vmemmap is made of whole sections.
    public static final long SIZE_STEP = 8L << 30;

    private static final int PAGE_BYTES = 4096;
    private static final int SECTION_BITS = 27;
    private static final int ADDRESS_BITS = 46;
    private static final int SECTION_BYTES = 16;
    private static final int PER_ROOT = PAGE_BYTES / SECTION_BYTES;
    private static final int ROOTS = (1 << (ADDRESS_BITS - SECTION_BITS)) / PER_ROOT;
    private static final int STRUCT_BYTES = SimulatedSection.STRUCT_BYTES;
    private static final long VMEMMAP = SimulatedSection.VMEMMAP;
    private static final long TABLES_AT = 64L << 20;
    private static final long SECTIONS_AT = 80L << 20;
    private static final long VMEMMAP_AT = 1L << 30;
    private static final int HUGE_BITS = 21;
    private static final int GIANT_BITS = 30;
    private static final byte[] ZEROS = new byte[PAGE_BYTES];
    private static final long PRESENT_WRITABLE = 0x3;
    private static final long HUGE_ENTRY = 0x83;

    /// Where memory begins in the file.
    private static final int DATA_AT = 16 << 10;

    private final long memoryBytes;
    private final byte[] header;
    private final Map<Long, byte[]> kernelPages;
    private final List<SimulatedSection> patterns = SimulatedSection.patterns();
    private final SimulatedSection ownSection = SimulatedSection.reserved();

    /// A machine with so many bytes of memory, a multiple of [#SIZE_STEP] of at most 32 TiB.
    public SimulatedMachine(long memoryBytes) {
        if (memoryBytes <= 0 || memoryBytes % SIZE_STEP != 0 || memoryBytes > 32L << 40) {
            throw new IllegalArgumentException("memory of " + memoryBytes + " bytes");
        }
        this.memoryBytes = memoryBytes;
        SyntheticKernel kernel = new SyntheticKernel();
        mapMemory(kernel);
        describeMemory(kernel);
        kernel.utsname("Linux", "simulated", "6.12.0-test", "#1", "x86_64", "(none)");
        this.header = header(kernel.vmcoreInfo().build());
        this.kernelPages = kernel.memory().pages();
    }

    private void mapMemory(SyntheticKernel kernel) {
        for (long at = 1L << GIANT_BITS; at < memoryBytes; at += 1L << GIANT_BITS) {
            kernel.tables().map1G(kernel.directMap() + at, at);
        }
        for (long table = 0; table << GIANT_BITS < vmemmapBytes(); table++) {
            long entry = TABLES_AT + table * PAGE_BYTES | PRESENT_WRITABLE;
            kernel.tables().setEntry(VMEMMAP + (table << GIANT_BITS), GIANT_BITS, entry);
        }
        // What lies between the kernel's 64 MiB and 1 GiB.
        for (long at = SyntheticKernel.MEMORY_BYTES; at < 1L << GIANT_BITS; at += 1L << HUGE_BITS) {
            kernel.tables().map2M(kernel.directMap() + at, at);
        }
    }

    private void describeMemory(SyntheticKernel kernel) {
        long roots = kernel.allocate(ROOTS * Long.BYTES);
        for (long root = 0; root * PER_ROOT < sections(); root++) {
            long address = kernel.directMap() + SECTIONS_AT + root * PAGE_BYTES;
            kernel.memory().put64(kernel.physical(roots) + root * Long.BYTES, address);
        }
        VmcoreInfoBuilder info = kernel.vmcoreInfo();
        info.symbol("mem_section", roots).length("mem_section", ROOTS);
        info.size("mem_section", SECTION_BYTES).offset("mem_section.section_mem_map", 0);
        info.number("SECTION_SIZE_BITS", SECTION_BITS).number("MAX_PHYSMEM_BITS", ADDRESS_BITS);
        info.symbol("vmemmap", VMEMMAP).line("CRASHTIME", "1763856000");
        SimulatedSection.ERA.vmcoreinfo().lines().forEach(line -> {
            int equals = line.indexOf('=');
            info.line(line.substring(0, equals), line.substring(equals + 1));
        });
        countFreePages(kernel, info);
    }

    /// One node with one zone, whose counter of free pages is right.
    private void countFreePages(SyntheticKernel kernel, VmcoreInfoBuilder info) {
        long node = kernel.allocate(PAGE_BYTES);
        long table = kernel.allocate(PAGE_BYTES);
        long at = kernel.physical(node);
        kernel.memory().put64(kernel.physical(table), node);
        kernel.memory().put32(at, 1);
        kernel.memory().put64(at + 64, frames());
        kernel.memory().put64(at + 72, freeFrames());
        info.symbol("node_data", table).length("node_data", 1).offset("pglist_data.nr_zones", 0);
        info.offset("pglist_data.node_zones", 64).size("zone", 64).offset("zone.spanned_pages", 0);
        info.offset("zone.vm_stat", 8).number("NR_FREE_PAGES", 0);
    }

    private byte[] header(String vmcoreInfo) {
        ByteBuffer bytes = ByteBuffer.allocate(DATA_AT).order(ByteOrder.LITTLE_ENDIAN);
        byte[] text = vmcoreInfo.getBytes(StandardCharsets.US_ASCII);
        int notesAt = 256;
        int noteBytes = 12 + 12 + (text.length + 3 & -4);
        bytes.put(new byte[] {0x7f, 'E', 'L', 'F', 2, 1, 1}).position(16);
        bytes.putShort((short) 4)
                .putShort((short) 62)
                .putInt(1)
                .putLong(0)
                .putLong(64)
                .putLong(0);
        bytes.putInt(0).putShort((short) 64).putShort((short) 56).putShort((short) 2);
        bytes.position(64);
        bytes.putInt(4)
                .putInt(0)
                .putLong(notesAt)
                .putLong(0)
                .putLong(0)
                .putLong(noteBytes)
                .putLong(noteBytes)
                .putLong(0);
        bytes.putInt(1)
                .putInt(7)
                .putLong(DATA_AT)
                .putLong(0xffff_8880_0000_0000L)
                .putLong(0);
        bytes.putLong(memoryBytes).putLong(memoryBytes).putLong(0);
        bytes.position(notesAt);
        bytes.putInt(11)
                .putInt(text.length)
                .putInt(0)
                .put("VMCOREINFO\0\0".getBytes(StandardCharsets.US_ASCII))
                .put(text);
        return bytes.array();
    }

    /// Bytes of the file.
    public long size() {
        return DATA_AT + memoryBytes;
    }

    /// Page frames of the machine.
    public long frames() {
        return memoryBytes / PAGE_BYTES;
    }

    /// Where the struct pages of all frames are in the file, 64 bytes each.
    public long structPagesAt() {
        return DATA_AT + VMEMMAP_AT;
    }

    private long vmemmapBytes() {
        return frames() * STRUCT_BYTES;
    }

    private long sections() {
        return memoryBytes >>> SECTION_BITS;
    }

    /// Sections that hold the kernel and its struct pages, of which no page is left out but those of zeros.
    private long ownSections() {
        return (VMEMMAP_AT + vmemmapBytes()) >>> SECTION_BITS;
    }

    private SimulatedSection section(long index) {
        return index < ownSections() ? ownSection : patterns.get((int) (index % patterns.size()));
    }

    /// How many frames are free: the sum over all sections.
    public long freeFrames() {
        return sum(Use.FREE);
    }

    /// How many frames are in the page cache.
    public long cacheFrames() {
        return sum(Use.PAGE_CACHE);
    }

    /// How many frames are memory of processes.
    public long userFrames() {
        return sum(Use.HUGE_PAGES_OF_PROCESSES) + sum(Use.PAGES_OF_PROCESSES);
    }

    /// How many frames of the kernel are not zero, and so are in a dump of level 31.
    public long keptFrames() {
        long tables = Math.ceilDiv(vmemmapBytes(), 1L << GIANT_BITS);
        long roots = Math.ceilDiv(sections(), PER_ROOT);
        long stored = kernelPages.values().stream()
                .filter(SimulatedMachine::hasContents)
                .count();
        return stored + tables + roots + vmemmapBytes() / PAGE_BYTES + sum(Use.KERNEL);
    }

    private static boolean hasContents(byte[] page) {
        for (byte each : page) {
            if (each != 0) {
                return true;
            }
        }
        return false;
    }

    private long sum(Use use) {
        long sum = 0;
        for (int i = 0; i < patterns.size(); i++) {
            // Sections from ownSections() on that have this pattern.
            long upTo =
                    Math.ceilDiv(sections() - i, patterns.size()) - Math.ceilDiv(ownSections() - i, patterns.size());
            sum += upTo * patterns.get(i).frames(use);
        }
        return sum;
    }

    /// Whether a frame is the kernel's, so that no level leaves it out, unless it is zero.
    public boolean isKernels(long pfn) {
        // Each section begins with a slab.
        return (pfn * PAGE_BYTES) >>> SECTION_BITS < ownSections()
                || pfn % ((1L << SECTION_BITS) / PAGE_BYTES) < SimulatedSection.SLAB_FRAMES;
    }

    /// The contents of a page.
    public void readPage(long pfn, ByteBuffer target) {
        read(DATA_AT + pfn * PAGE_BYTES, target);
    }

    /// Reads as a file does: returns the number of bytes read, or -1 at the end.
    public int read(long offset, ByteBuffer target) {
        if (offset < 0 || offset >= size()) {
            return -1;
        }
        int wanted = (int) Math.min(target.remaining(), size() - offset);
        long at = offset;
        for (int left = wanted; left > 0; ) {
            int done = at < DATA_AT ? readHeader((int) at, left, target) : readMemory(at - DATA_AT, left, target);
            at += done;
            left -= done;
        }
        return wanted;
    }

    private int readHeader(int at, int most, ByteBuffer target) {
        int count = Math.min(DATA_AT - at, most);
        target.put(header, at, count);
        return count;
    }

    /// At least one byte; up to a section of struct pages, or up to the end of a page.
    private int readMemory(long address, int most, ByteBuffer target) {
        if (address >= VMEMMAP_AT && address < VMEMMAP_AT + vmemmapBytes()) {
            long into = address - VMEMMAP_AT;
            long section = into / SimulatedSection.MAP_BYTES;
            return section(section).read(section, (int) (into % SimulatedSection.MAP_BYTES), most, target);
        }
        byte[] page = page(address / PAGE_BYTES);
        int from = (int) (address % PAGE_BYTES);
        int count = Math.min(PAGE_BYTES - from, most);
        target.put(page, from, count);
        return count;
    }

    /// The contents of a page that is not one of struct pages.
    private byte[] page(long pfn) {
        long address = pfn * PAGE_BYTES;
        if (address < TABLES_AT) {
            byte[] page = kernelPages.get(pfn);
            return page == null ? ZEROS : page;
        }
        if (address >= SECTIONS_AT + (long) ROOTS * PAGE_BYTES && address < VMEMMAP_AT) {
            return ZEROS;
        }
        ByteBuffer page = ByteBuffer.allocate(PAGE_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        if (address < SECTIONS_AT) {
            putTable(pfn - TABLES_AT / PAGE_BYTES, page);
        } else if (address < SECTIONS_AT + (long) ROOTS * PAGE_BYTES) {
            putSections(pfn - SECTIONS_AT / PAGE_BYTES, page);
        } else {
            putContents(pfn, page);
        }
        return page.array();
    }

    private void putTable(long table, ByteBuffer page) {
        for (int entry = 0; entry < 512; entry++) {
            long at = (table << GIANT_BITS) + ((long) entry << HUGE_BITS);
            page.putLong(at < vmemmapBytes() ? VMEMMAP_AT + at | HUGE_ENTRY : 0);
        }
    }

    /// Present, with struct pages, online, early: the low bits.
    private void putSections(long root, ByteBuffer page) {
        for (int i = 0; i < PER_ROOT; i++) {
            page.putLong(root * PER_ROOT + i < sections() ? VMEMMAP | 0xf : 0).putLong(0);
        }
    }

    /// Memory that somebody uses: words that repeat a little.
    private static void putContents(long pfn, ByteBuffer page) {
        for (int word = 0; word < PAGE_BYTES / Long.BYTES; word++) {
            page.putLong((pfn + (word >>> 2)) * 0x9e37_79b9_7f4a_7c15L);
        }
    }
}
