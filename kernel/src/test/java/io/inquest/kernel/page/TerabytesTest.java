package io.inquest.kernel.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.inquest.dump.MemoryFault;
import io.inquest.dump.PageState;
import io.inquest.kernel.AddressSpace;
import io.inquest.kernel.Mapping;
import io.inquest.kernel.VmcoreInfo;
import io.inquest.kernel.arch.FrameVisitor;
import io.inquest.kernel.arch.KernelSpace;
import io.inquest.testkit.KernelEra;
import io.inquest.testkit.StructPageBuilder;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/// A machine of 12 TiB, the 192 GiB of struct pages of which are computed where they are read. Nothing here could
/// be had by an array of the size of the machine: it has more frames than an array has elements.
final class TerabytesTest {

    private static final KernelEra ERA = KernelEra.v6_12();
    private static final long END_PFN = (12L << 40) >>> 12;
    private static final int PERIOD = 1024;
    private static final int STRUCT_BYTES = 64;
    private static final long TABLE = 0xffff_8880_1000_0000L;
    private static final long ROOTS = 0xffff_8880_2000_0000L;
    private static final long VMEMMAP = 0xffff_ea00_0000_0000L;
    private static final String INFO = ERA.vmcoreinfo() + """
            SYMBOL(mem_section)=ffff888010000000
            LENGTH(mem_section)=2048
            SIZE(mem_section)=16
            OFFSET(mem_section.section_mem_map)=0
            SYMBOL(vmemmap)=ffffea0000000000
            """;

    /// The same 1024 struct pages again and again.
    private static final byte[] PATTERN = new StructPageBuilder(ERA, ByteOrder.LITTLE_ENDIAN, VMEMMAP, PERIOD)
            .anonymousHuge(0, 8)
            .free(256, 8)
            .file(600)
            .slab(608, 3)
            .bytes();

    private static final class Machine implements KernelSpace {

        @Override
        public void read(long virtualAddress, ByteBuffer target) {
            while (target.hasRemaining()) {
                long into = virtualAddress - VMEMMAP;
                if (Long.compareUnsigned(into, END_PFN * STRUCT_BYTES) < 0) {
                    int at = (int) (into % PATTERN.length);
                    int bytes = Math.min(PATTERN.length - at, target.remaining());
                    target.put(PATTERN, at, bytes);
                    virtualAddress += bytes;
                } else {
                    target.putLong(word(virtualAddress));
                    virtualAddress += Long.BYTES;
                }
            }
        }

        /// `mem_section`: 384 roots of 256 sections of 128 MiB.
        private static long word(long address) {
            if (address >= TABLE && address < TABLE + 2048 * 8) {
                long root = (address - TABLE) / 8;
                return root < 384 ? ROOTS + root * 4096 : 0;
            }
            if (address >= ROOTS && address < ROOTS + 384 * 4096) {
                return address % 16 == 0 ? VMEMMAP | 0xf : 0;
            }
            throw new MemoryFault(address, PageState.ABSENT, "not mapped");
        }

        /// The vmemmap in pages of 2 MiB, and 4000 pages of vmalloc, one in each 64 MiB.
        @Override
        public long visitOwnFrames(FrameVisitor visitor) {
            long vmemmapStart = END_PFN / 2;
            for (long pfn = 0; pfn < (192L << 30 >>> 12); pfn += 512) {
                visitor.frames(vmemmapStart + pfn, 512);
            }
            for (long i = 0; i < 4000; i++) {
                visitor.frames(i * (64 << 20 >>> 12), 1);
            }
            return 0;
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
        public Mapping translate(long virtualAddress, long bytes) {
            return new Mapping.NotPresent(virtualAddress, bytes, List.of());
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
        public long visitUserMemory(long rootTable, FrameVisitor visitor) {
            return 0;
        }
    }

    private final List<String> warnings = new ArrayList<>();

    private PageMap open() throws IOException {
        return PageMap.open(new Machine(), VmcoreInfo.parse(INFO), SyntheticKernel.bounds(END_PFN), warnings::add);
    }

    @Test
    void windowsAnywhereAreClassified() throws IOException {
        PageMap map = open();
        assertThat(map.model()).isEqualTo(MemoryModel.SPARSEMEM_EXTREME);
        PageClass[] period = SyntheticKernel.classes(map, 0, PERIOD, 1);
        assertThat(Arrays.copyOfRange(period, 0, 256)).containsOnly(PageClass.USER);
        assertThat(Arrays.copyOfRange(period, 256, 512)).containsOnly(PageClass.FREE);
        assertThat(period[600]).isEqualTo(PageClass.CACHE);
        assertThat(Arrays.copyOfRange(period, 601, PERIOD)).containsOnly(PageClass.KEPT);
        byte[] expected = codes(map, 0, PERIOD);
        for (long window : new long[] {1L << 20, END_PFN / 3 & -PERIOD, END_PFN - (1 << 18)}) {
            byte[] codes = codes(map, window, 1 << 18);
            for (int at = 0; at < codes.length; at += PERIOD) {
                assertThat(Arrays.equals(codes, at, at + PERIOD, expected, 0, PERIOD))
                        .as("frames from 0x%x", window + at)
                        .isTrue();
            }
        }
        assertThat(codes(map, END_PFN, 1 << 18)).containsOnly(PageClass.KEPT.code());
        assertThat(map.describe(END_PFN - PERIOD + 300).decidedAt()).isEqualTo(END_PFN - PERIOD + 256);
        assertThat(warnings).isEmpty();
    }

    private static byte[] codes(PageMap map, long firstPfn, int frames) throws IOException {
        byte[] codes = new byte[frames];
        map.classify(firstPfn, frames, codes, 2);
        return codes;
    }

    @Test
    void theKernelsOwnFramesFitTheirBudget() throws IOException {
        PageMap map = open();
        KeepList list = KeepList.of(new Machine(), map, END_PFN, warnings::add);
        byte[] codes = codes(map, END_PFN / 2, PERIOD);
        assertThat(list.apply(END_PFN / 2, PERIOD, codes, 31))
                .as("huge pages of a process stay out, free and cached pages stay in")
                .isEqualTo(256 + 1);
        assertThat(warnings).isEmpty();
    }

    @Test
    void theClassesOfAllFramesFitTheirBudget() throws IOException {
        byte[] window = codes(open(), 0, 1 << 20);
        ClassRuns runs = new ClassRuns(ClassRuns.DEFAULT_BYTES);
        for (long pfn = 0; pfn < END_PFN; pfn += window.length) {
            runs.append(window, window.length);
        }
        assertThat(runs.isFull()).isFalse();
        assertThat(runs.frames()).isEqualTo(END_PFN);
    }
}
