package io.inquest.kernel.arch.x86_64;

import io.inquest.dump.MemoryFault;
import io.inquest.dump.PageState;
import io.inquest.dump.PhysicalMemory;
import io.inquest.kernel.LinkedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;

/// Finds the kernel image in memory, for a dump that has lost its vmcoreinfo.
///
/// KASLR moves the image in physical and in virtual memory, independently, by multiples of 2 MiB. The physical place
/// shows by `linux_banner`, the virtual one by the page tables, which lie in the image and must map it.
final class ImageSearch {

    private static final long ALIGNMENT = X86_64.IMAGE_ALIGNMENT;
    private static final int FRAMES_PER_STEP = (int) (ALIGNMENT >>> PageTables.PAGE_SHIFT);
    private static final int LONGEST_BANNER = 1024;

    private final LinkedImage image;
    private final PhysicalMemory memory;

    ImageSearch(LinkedImage image, PhysicalMemory memory) {
        this.image = image;
        this.memory = memory;
    }

    /// The vmcoreinfo lines of the place where the image is and runs.
    Optional<String> find() throws IOException {
        OptionalLong linked = image.address("linux_banner");
        String banner = image.banner();
        if (linked.isEmpty() || banner.isEmpty() || banner.length() > LONGEST_BANNER) {
            return Optional.empty();
        }
        byte[] wanted = banner.getBytes(StandardCharsets.ISO_8859_1);
        long into = linked.getAsLong() & ALIGNMENT - 1;
        for (long pfn = into >>> PageTables.PAGE_SHIFT; pfn < memory.endPfn(); pfn += FRAMES_PER_STEP) {
            long physical = (pfn << PageTables.PAGE_SHIFT) + (into & PageTables.TABLE_BYTES - 1);
            if (memory.state(pfn) == PageState.STORED && holds(physical, wanted)) {
                Optional<String> lines = running(physical - (linked.getAsLong() - X86_64.START_KERNEL_MAP));
                if (lines.isPresent()) {
                    return lines;
                }
            }
        }
        return Optional.empty();
    }

    private boolean holds(long physical, byte[] wanted) throws IOException {
        byte[] found = new byte[wanted.length];
        try {
            memory.read(physical, ByteBuffer.wrap(found));
        } catch (MemoryFault partly) {
            return false;
        }
        return Arrays.equals(found, wanted);
    }

    /// `base` is where `__START_KERNEL_map` as linked would lie. A kernel that lies there but never ran, such as
    /// the one to be booted after a crash, has no tables that map it.
    private Optional<String> running(long base) throws IOException {
        for (String name : RootSymbol.NAMES) {
            OptionalLong root = image.address(name);
            if (root.isPresent()) {
                return runningFrom(base, root.getAsLong());
            }
        }
        return Optional.empty();
    }

    private Optional<String> runningFrom(long base, long root) throws IOException {
        long smeMask = word("sme_me_mask", base);
        long rootTable = (root - X86_64.START_KERNEL_MAP + base) & ~smeMask;
        for (int levels = PageTables.MAX_LEVELS - 1; levels <= PageTables.MAX_LEVELS; levels++) {
            PageTables tables = new PageTables(memory, levels, smeMask);
            for (long moved = 0; moved < X86_64.DEFAULT_IMAGE_BYTES; moved += ALIGNMENT) {
                Walk walk = new Walk(levels);
                tables.walk(rootTable, root + moved, walk);
                if (walk.isMapped() && walk.physical() == rootTable) {
                    return Optional.of(lines(moved, base - moved, levels, smeMask));
                }
            }
        }
        return Optional.empty();
    }

    private long word(String variable, long base) throws IOException {
        OptionalLong linked = image.address(variable);
        ByteBuffer word = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        try {
            if (linked.isPresent()) {
                memory.read(linked.getAsLong() - X86_64.START_KERNEL_MAP + base, word);
            }
        } catch (MemoryFault absent) {
            return 0;
        }
        return word.getLong(0);
    }

    private static String lines(long moved, long physBase, int levels, long smeMask) {
        return "KERNELOFFSET=" + Long.toHexString(moved)
                + "\nNUMBER(phys_base)=" + physBase
                + "\nNUMBER(pgtable_l5_enabled)=" + (levels == PageTables.MAX_LEVELS ? 1 : 0)
                + "\nNUMBER(sme_mask)=" + smeMask
                + "\n";
    }
}
