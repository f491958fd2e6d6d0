package io.inquest.makedumpfile;

import io.inquest.testkit.ElfCoreBuilder;
import io.inquest.testkit.KernelEra;
import io.inquest.testkit.PagePattern;
import io.inquest.testkit.StructPageBuilder;
import io.inquest.testkit.SyntheticKernel;
import io.inquest.testkit.SyntheticMemory;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/// The vmcore of a small machine with Linux 6.12: memory of all kinds in its first frames, and free page counters
/// that a test sets.
///
/// | Frames    | What                                                          |
/// |-----------|---------------------------------------------------------------|
/// | 0–255     | the kernel's own, but for those below                         |
/// | 16–31     | a free block                                                  |
/// | 40        | page cache                                                    |
/// | 48        | memory of a process                                           |
/// | 64–67     | the stack of the only CPU                                     |
/// | 0x1000 on | the kernel's image                                            |
/// | 0x2000 on | struct pages                                                  |
final class SyntheticMachine {

    static final int FREE = 16;
    static final int FREE_FRAMES = 16;
    static final int CACHE = 40;
    static final int USER = 48;
    static final int STACK = 64;
    static final int STACK_FRAMES = 4;

    private static final int PAGE_BYTES = SyntheticMemory.PAGE_BYTES;
    private static final int LOW_FRAMES = 256;
    private static final long STRUCT_PAGES = 0x200_0000;
    private static final int FRAMES = 0x2000 + 256;

    /// In `struct elf_prstatus`: `pr_reg.r15` and `pr_reg.rsp` (kernel: `arch/x86/include/asm/user_64.h`).
    private static final int R15 = 112;

    private static final int RSP = 112 + 19 * 8;

    private final SyntheticKernel kernel = new SyntheticKernel();
    private final StructPageBuilder pages;
    private final SyntheticMemory prstatus = new SyntheticMemory(ByteOrder.LITTLE_ENDIAN);
    private String info = "";

    SyntheticMachine() {
        kernel.utsname("Linux", "test", "6.12.0-test", "#1", "x86_64", "");
        for (int pfn = 0; pfn < LOW_FRAMES; pfn++) {
            kernel.memory().put((long) pfn * PAGE_BYTES, PagePattern.of(pfn, PAGE_BYTES));
        }
        pages = new StructPageBuilder(
                        KernelEra.v6_12(), ByteOrder.LITTLE_ENDIAN, kernel.directMap() + STRUCT_PAGES, FRAMES)
                .free(FREE, 4)
                .file(CACHE)
                .anonymous(USER);
        prstatus.put64(RSP, kernel.directMap() + (long) STACK * PAGE_BYTES + 0x100);
    }

    StructPageBuilder pages() {
        return pages;
    }

    SyntheticKernel kernel() {
        return kernel;
    }

    /// What the kernel says of its free pages: of one node with one zone of 256 bytes, `spanned_pages`, `vm_stat[0]`,
    /// and 10 orders with a list head and `nr_free` each.
    SyntheticMachine counts(long freePages) {
        long node = kernel.allocate(PAGE_BYTES);
        kernel.memory().put64(kernel.physical(node), FRAMES);
        kernel.memory().put64(kernel.physical(node) + 8, freePages);
        kernel.memory().put64(kernel.physical(node) + 32, freePages);
        kernel.memory().put32(kernel.physical(node) + 256, 1);
        kernel.vmcoreInfo().symbol("contig_page_data", node);
        info += """
                SIZE(zone)=256
                SIZE(list_head)=16
                SIZE(free_area)=24
                OFFSET(pglist_data.node_zones)=0
                OFFSET(pglist_data.nr_zones)=256
                OFFSET(zone.spanned_pages)=0
                OFFSET(zone.vm_stat)=8
                OFFSET(zone.free_area)=16
                LENGTH(zone.free_area)=10
                LENGTH(free_area.free_list)=1
                NUMBER(NR_FREE_PAGES)=0
                """;
        return this;
    }

    /// What a register of the CPU held when it stopped: the direct map's address of a frame.
    SyntheticMachine registerPointsAt(int pfn) {
        prstatus.put64(R15, kernel.directMap() + (long) pfn * PAGE_BYTES + 0x10);
        return this;
    }

    /// Makes the vmcore of a machine with struct pages.
    Path write(Path directory) throws IOException {
        long memMap = kernel.allocate(Long.BYTES);
        kernel.memory().put64(kernel.physical(memMap), kernel.directMap() + STRUCT_PAGES);
        kernel.vmcoreInfo().symbol("mem_map", memMap);
        return writeWithoutStructPages(directory);
    }

    /// The same where nothing tells of the array of struct pages.
    Path writeWithoutStructPages(Path directory) throws IOException {
        kernel.memory().put(STRUCT_PAGES, pages.bytes());
        String text = kernel.vmcoreInfo().build() + KernelEra.v6_12().vmcoreinfo() + info;
        ElfCoreBuilder core = ElfCoreBuilder.elf64(ByteOrder.LITTLE_ENDIAN)
                .note("CORE", 1, prstatus())
                .note("VMCOREINFO", 0, text.getBytes(StandardCharsets.US_ASCII));
        ByteArrayOutputStream run = new ByteArrayOutputStream();
        long first = 0;
        for (Map.Entry<Long, byte[]> page : kernel.memory().pages().entrySet()) {
            if (page.getKey() != first + run.size() / PAGE_BYTES) {
                core.load(first * PAGE_BYTES, run.toByteArray());
                run.reset();
                first = page.getKey();
            }
            run.writeBytes(page.getValue());
        }
        core.load(first * PAGE_BYTES, run.toByteArray());
        return Files.write(directory.resolve("vmcore"), core.build());
    }

    private byte[] prstatus() {
        byte[] note = new byte[336];
        prstatus.reserve(0, PAGE_BYTES);
        System.arraycopy(prstatus.pages().firstEntry().getValue(), 0, note, 0, note.length);
        return note;
    }
}
