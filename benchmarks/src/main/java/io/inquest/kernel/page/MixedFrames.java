package io.inquest.kernel.page;

import io.inquest.kernel.AddressSpace;
import io.inquest.kernel.Mapping;
import io.inquest.kernel.arch.FrameVisitor;
import io.inquest.kernel.arch.KernelSpace;
import io.inquest.testkit.KernelEra;
import io.inquest.testkit.StructPageBuilder;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Random;

/// A kernel's memory with nothing but struct pages and what leads to them. Frames of all kinds come in no order, which
/// is worse for the processor's guesses than a real machine.
final class MixedFrames implements KernelSpace {

    /// Two sections of x86-64.
    static final int FRAMES = 1 << 16;

    static final long MEM_MAP = 0xffff_ea00_0000_0000L;

    private static final int LARGEST_ORDER = 9;
    private static final long VARIABLE = 0xffff_ffff_8200_0000L;
    private static final long TABLE = 0xffff_8880_1000_0000L;
    private static final long ROOT = 0xffff_8880_2000_0000L;

    private final KernelEra era;
    private final String model;
    private final byte[] structPages;

    /// `model` says what leads to the struct pages; none if they are asked for by their address.
    MixedFrames(KernelEra era, String model) {
        this.era = era;
        this.model = model;
        this.structPages = structPages(era);
    }

    /// The description of a release.
    static KernelEra era(String release) {
        return switch (release) {
            case "2.6.32" -> KernelEra.v2_6_32();
            case "3.13" -> KernelEra.v3_13();
            case "4.14" -> KernelEra.v4_14();
            case "5.4" -> KernelEra.v5_4();
            case "6.4" -> KernelEra.v6_4();
            case "6.7" -> KernelEra.v6_7();
            case "6.12" -> KernelEra.v6_12();
            case "7.2" -> KernelEra.v7_2();
            default -> throw new IllegalArgumentException(release);
        };
    }

    private static byte[] structPages(KernelEra era) {
        StructPageBuilder pages = new StructPageBuilder(era, ByteOrder.LITTLE_ENDIAN, MEM_MAP, FRAMES);
        Random random = new Random(1);
        for (int pfn = 0; pfn < FRAMES; ) {
            int possible = Math.min(LARGEST_ORDER, Integer.numberOfTrailingZeros(pfn | FRAMES));
            int order = random.nextInt(possible + 1);
            put(pages, random.nextInt(8), pfn, order);
            pfn += 1 << order;
        }
        return pages.bytes();
    }

    private static void put(StructPageBuilder pages, int kind, int pfn, int order) {
        switch (kind) {
            case 0 -> pages.free(pfn, order);
            case 1 -> pages.anonymousHuge(pfn, order);
            case 2 -> pages.fileHuge(pfn, order);
            case 3 -> pages.slab(pfn, order);
            case 4 -> pages.anonymous(pfn);
            case 5 -> pages.file(pfn);
            case 6 -> pages.privateFile(pfn);
            default -> pages.reserved(pfn);
        }
    }

    String vmcoreinfo() {
        return era.vmcoreinfo()
                + switch (model) {
                    case "FLATMEM" -> "SYMBOL(mem_map)=ffffffff82000000\n";
                    case "DISCONTIGMEM" -> """
                        SYMBOL(node_data)=ffffffff82000000
                        LENGTH(node_data)=1
                        SIZE(pglist_data)=64
                        OFFSET(pglist_data.node_mem_map)=0
                        OFFSET(pglist_data.node_start_pfn)=8
                        OFFSET(pglist_data.node_spanned_pages)=16
                        """;
                    case "SPARSEMEM" -> sections(1 << 19);
                    case "SPARSEMEM_EXTREME" -> sections(1 << 11);
                    case "VMEMMAP" -> sections(1 << 11) + "SYMBOL(vmemmap)=ffffea0000000000\n";
                    default -> throw new IllegalArgumentException(model);
                };
    }

    private static String sections(int length) {
        return """
            SYMBOL(mem_section)=ffff888010000000
            SIZE(mem_section)=16
            OFFSET(mem_section.section_mem_map)=0
            LENGTH(mem_section)=\
            """ + length + "\n";
    }

    @Override
    public void read(long virtualAddress, ByteBuffer target) {
        long into = virtualAddress - MEM_MAP;
        if (into >= 0 && into < structPages.length) {
            target.put(structPages, (int) into, target.remaining());
            return;
        }
        for (long at = virtualAddress; target.hasRemaining(); at += Long.BYTES) {
            target.putLong(word(at));
        }
    }

    private long word(long address) {
        boolean node = model.equals("DISCONTIGMEM");
        if (address == VARIABLE) {
            return node ? TABLE : MEM_MAP;
        }
        if (node) {
            return address == TABLE ? MEM_MAP : address == TABLE + 16 ? FRAMES : 0;
        }
        boolean sections = address >= ROOT || model.equals("SPARSEMEM");
        return sections ? (address % 16 == 0 ? MEM_MAP | 0xf : 0) : address == TABLE ? ROOT : 0;
    }

    @Override
    public ByteOrder order() {
        return ByteOrder.LITTLE_ENDIAN;
    }

    @Override
    public int wordBytes() {
        return Long.BYTES;
    }

    @Override
    public Mapping translate(long virtualAddress, long length) {
        return new Mapping.NotPresent(virtualAddress, length, List.of());
    }

    @Override
    public long rootTable() {
        return 0;
    }

    @Override
    public boolean isKernelAddress(long address) {
        return address < 0;
    }

    @Override
    public AddressSpace userSpace(long rootTable) {
        return this;
    }

    @Override
    public long visitOwnFrames(FrameVisitor visitor) {
        return 0;
    }

    @Override
    public long visitUserMemory(long rootTable, FrameVisitor visitor) {
        return 0;
    }
}
