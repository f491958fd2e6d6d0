package io.inquest.kernel.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inquest.dump.DumpException;
import io.inquest.kernel.VmcoreInfo;
import io.inquest.testkit.KernelEra;
import java.io.IOException;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Each memory model, as `include/linux/mmzone.h` and `mm/sparse.c` lay it out, whole and damaged.
final class MemMapFinderTest {

    private static final KernelEra ERA = KernelEra.v6_12();
    private static final int STRUCT_BYTES = 64;

    /// 128 MiB sections in pages of 4 KiB.
    private static final int SECTION_FRAMES = 1 << 15;

    private static final long SECTION_MAP_BYTES = (long) SECTION_FRAMES * STRUCT_BYTES;
    private static final long TABLE = 0xffff_8880_1234_3f80L;
    private static final long ROOT = 0xffff_8880_0100_0000L;
    private static final long VMEMMAP = 0xffff_ea00_0000_0000L;
    private static final int SECTIONS_PER_ROOT = 256;
    private static final int PRESENT_WITH_MAP = 0xf;

    private final SyntheticSpace space = new SyntheticSpace(8, ByteOrder.LITTLE_ENDIAN);
    private final List<String> warnings = new ArrayList<>();
    private String info = ERA.vmcoreinfo();
    private long endPfn = 4L * SECTION_FRAMES;

    private MemMap find() throws IOException {
        VmcoreInfo parsed = VmcoreInfo.parse(info);
        PageLayout layout = PageLayout.of(parsed, 8, ByteOrder.LITTLE_ENDIAN);
        return new MemMapFinder(space, parsed, layout, SyntheticKernel.bounds(endPfn), warnings::add).find();
    }

    /// 46 address bits: 524288 sections in 2048 roots.
    private void sparseExtreme() {
        info += """
                SYMBOL(mem_section)=ffff888012343f80
                LENGTH(mem_section)=2048
                SIZE(mem_section)=16
                OFFSET(mem_section.section_mem_map)=0
                """;
    }

    private static long[] table(long... roots) {
        long[] table = new long[2048];
        System.arraycopy(roots, 0, table, 0, roots.length);
        return table;
    }

    private static long[] sections(long... maps) {
        long[] words = new long[SECTIONS_PER_ROOT * 2];
        for (int i = 0; i < maps.length; i++) {
            words[2 * i] = maps[i];
        }
        return words;
    }

    @Test
    void sparsememExtremeGivesThePieceOfEachSection() throws IOException {
        sparseExtreme();
        space.words(TABLE, table(ROOT)).words(ROOT, sections(VMEMMAP | 0xf, VMEMMAP | 0x2f, 0, VMEMMAP | 3));
        MemMap map = find();
        assertThat(map.model()).isEqualTo(MemoryModel.SPARSEMEM_EXTREME);
        assertThat(map.piece(5)).isEqualTo(MapPiece.mapped(0, SECTION_FRAMES, VMEMMAP));
        assertThat(map.piece(SECTION_FRAMES))
                .as("bit 5, vmemmap initialised early, is no part of the address")
                .isEqualTo(MapPiece.mapped(SECTION_FRAMES, 2 * SECTION_FRAMES, VMEMMAP + SECTION_MAP_BYTES));
        assertThat(map.piece(2 * SECTION_FRAMES + 7).mapped()).isFalse();
        assertThat(map.piece(3 * SECTION_FRAMES).structPage(3 * SECTION_FRAMES + 2, STRUCT_BYTES))
                .isEqualTo(VMEMMAP + 3 * SECTION_MAP_BYTES + 2 * STRUCT_BYTES);
        assertThat(warnings).isEmpty();
    }

    @Test
    void anAbsentRootIsOneHole() throws IOException {
        sparseExtreme();
        endPfn = 600L * SECTION_FRAMES;
        space.words(TABLE, table(ROOT, 0, ROOT)).words(ROOT, sections(VMEMMAP | 3));
        MapPiece hole = find().piece(300L * SECTION_FRAMES);
        assertThat(hole).isEqualTo(MapPiece.hole(256L * SECTION_FRAMES, 512L * SECTION_FRAMES));
    }

    @Test
    void behindTheLastSectionThereIsAHole() throws IOException {
        sparseExtreme();
        space.words(TABLE, table(ROOT)).words(ROOT, sections(VMEMMAP | 3));
        assertThat(find().piece(Long.MAX_VALUE - 1).mapped()).isFalse();
    }

    @Test
    void aSymbolThatIsAPointerToTheTableIsFollowed() throws IOException {
        sparseExtreme();
        space.words(TABLE, 0xffff_8880_5555_0000L)
                .words(0xffff_8880_5555_0000L, table(ROOT))
                .words(ROOT, sections(VMEMMAP | 3));
        assertThat(find().piece(0)).isEqualTo(MapPiece.mapped(0, SECTION_FRAMES, VMEMMAP));
    }

    @Test
    void sparsememWithoutExtremeHasItsSectionsInTheTableItself() throws IOException {
        info += """
                SYMBOL(mem_section)=ffff888012343f80
                LENGTH(mem_section)=64
                SIZE(mem_section)=8
                OFFSET(mem_section.section_mem_map)=0
                """;
        space.words(TABLE, new long[1 << 19]);
        space.words(TABLE, staticSections());
        MemMap map = find();
        assertThat(map.model()).isEqualTo(MemoryModel.SPARSEMEM);
        assertThat(map.piece(SECTION_FRAMES + 1))
                .isEqualTo(MapPiece.mapped(SECTION_FRAMES, 2 * SECTION_FRAMES, 0xffff_8880_2020_0000L));
        assertThat(map.piece(0).mapped()).isFalse();
    }

    private static long[] staticSections() {
        long[] words = new long[1 << 19];
        words[1] = 0xffff_8880_2020_0000L - SECTION_MAP_BYTES | 3;
        return words;
    }

    @Test
    void aDamagedSectionIsReplacedByVmemmap() throws IOException {
        sparseExtreme();
        info += "SYMBOL(vmemmap)=ffffea0000000000\n";
        space.words(TABLE, table(ROOT)).words(ROOT, sections(VMEMMAP | 0xf, 0x1234_5000L | 0xf));
        MemMap map = find();
        assertThat(map.piece(SECTION_FRAMES).structPages()).isEqualTo(VMEMMAP + SECTION_MAP_BYTES);
        map.piece(SECTION_FRAMES + 1);
        assertThat(warnings)
                .containsExactly("the mem_map of section 1 is damaged: it says 0x12545000, expected"
                        + " 0xffffea0000200000 in vmemmap, which is used instead");
    }

    @Test
    void aRootThatCannotBeReadIsReplacedByVmemmapOrKeepsItsFrames() throws IOException {
        sparseExtreme();
        endPfn = 600L * SECTION_FRAMES;
        space.words(TABLE, table(ROOT, 0xffff_8880_7777_0000L)).words(ROOT, sections(VMEMMAP | 0xf));
        assertThat(find().piece(256L * SECTION_FRAMES).mapped()).isFalse();
        assertThat(warnings).hasSize(1);
        assertThat(warnings.getFirst())
                .contains("0xffff888077770000 is not mapped")
                .contains("these frames are kept");
        info += "SYMBOL(vmemmap)=ffffea0000000000\n";
        assertThat(find().piece(256L * SECTION_FRAMES).structPages()).isEqualTo(VMEMMAP + 256 * SECTION_MAP_BYTES);
        assertThat(warnings.getLast()).contains("vmemmap is used instead");
    }

    @Test
    void aVmemmapThatNoSectionConfirmsIsNotUsed() throws IOException {
        sparseExtreme();
        info += "SYMBOL(vmemmap)=ffffeb0000000000\n";
        space.words(TABLE, table(ROOT)).words(ROOT, sections(VMEMMAP | PRESENT_WITH_MAP));
        assertThat(find().piece(0).structPages()).isEqualTo(VMEMMAP);
        assertThat(warnings).hasSize(1);
        assertThat(warnings.getFirst()).contains("vmemmap is not used");
    }

    @Test
    void aTableThatLeadsNowhereIsRefused() {
        sparseExtreme();
        space.words(TABLE, table(0x1234));
        assertThatThrownBy(this::find)
                .isInstanceOf(DumpException.class)
                .hasMessageContaining("mem_section at 0xffff888012343f80 leads to no section");
    }

    @Test
    void flatmemIsOneArray() throws IOException {
        info += "SYMBOL(mem_map)=ffffffff82000000\n";
        space.words(0xffff_ffff_8200_0000L, VMEMMAP);
        MemMap map = find();
        assertThat(map.model()).isEqualTo(MemoryModel.FLATMEM);
        assertThat(map.piece(77)).isEqualTo(MapPiece.mapped(0, endPfn, VMEMMAP));
        assertThat(map.piece(endPfn).mapped()).isFalse();
    }

    @Test
    void aMemMapThatPointsToNoKernelAddressIsRefused() {
        info += "SYMBOL(mem_map)=ffffffff82000000\n";
        space.words(0xffff_ffff_8200_0000L, 0x1234);
        assertThatThrownBy(this::find)
                .isInstanceOf(DumpException.class)
                .hasMessage("the variable mem_map at 0xffffffff82000000 holds 0x1234, expected a kernel address");
    }

    /// Two nodes with a gap between them; the second pointer of node_data belongs to a node that is offline.
    private void discontiguous(long secondStart) {
        info += """
                SYMBOL(node_data)=ffffffff82001000
                LENGTH(node_data)=3
                SYMBOL(node_online_map)=ffffffff82002000
                SIZE(nodemask_t)=8
                SIZE(pglist_data)=32
                OFFSET(pglist_data.node_mem_map)=0
                OFFSET(pglist_data.node_start_pfn)=8
                OFFSET(pglist_data.node_spanned_pages)=16
                """;
        long first = 0xffff_8880_0000_1000L;
        long second = 0xffff_8880_0000_2000L;
        space.words(0xffff_ffff_8200_1000L, first, 0x99, second)
                .words(0xffff_ffff_8200_2000L, 0b101)
                .words(first, 0xffff_8880_1000_0000L, 16, 1000)
                .words(second, 0xffff_8880_2000_0000L, secondStart, 500);
    }

    @Test
    void discontigmemHasAPieceForEachOnlineNode() throws IOException {
        discontiguous(2000);
        MemMap map = find();
        assertThat(map.model()).isEqualTo(MemoryModel.DISCONTIGMEM);
        assertThat(map.piece(0)).isEqualTo(MapPiece.hole(0, 16));
        assertThat(map.piece(16)).isEqualTo(MapPiece.mapped(16, 1016, 0xffff_8880_1000_0000L));
        assertThat(map.piece(1500)).isEqualTo(MapPiece.hole(1016, 2000));
        assertThat(map.piece(2499)).isEqualTo(MapPiece.mapped(2000, 2500, 0xffff_8880_2000_0000L));
        assertThat(map.piece(2500).mapped()).isFalse();
        assertThat(warnings).isEmpty();
    }

    @Test
    void whereNodesOverlapTheFirstWins() throws IOException {
        discontiguous(1000);
        assertThat(find().piece(1200))
                .isEqualTo(MapPiece.mapped(1016, 1500, 0xffff_8880_2000_0000L + 16L * STRUCT_BYTES));
    }

    @Test
    void aDamagedNodeKeepsItsFrames() throws IOException {
        discontiguous(-1);
        MemMap map = find();
        assertThat(map.piece(500).mapped()).isTrue();
        assertThat(map.piece(2100).mapped()).isFalse();
        assertThat(warnings).hasSize(1);
        assertThat(warnings.getFirst()).contains("the memory node at 0xffff888000002000 is damaged");
    }

    @Test
    void withoutAnyModelTheReasonIsTold() {
        assertThatThrownBy(this::find).isInstanceOf(DumpException.class).hasMessageContaining("mem_section, mem_map");
    }

    @Test
    void impossibleSectionSizesAreRefused() {
        sparseExtreme();
        for (String size : new String[] {"0", "5000", "-16", "4"}) {
            String whole = info;
            info = info.replace("SIZE(mem_section)=16", "SIZE(mem_section)=" + size);
            assertThatThrownBy(this::find)
                    .as(size)
                    .isInstanceOf(DumpException.class)
                    .hasMessageContaining("mem_section");
            info = whole;
        }
    }

    @Test
    void damagedSectionTablesAreRefusedOrGivePiecesThatHoldTheFrame() throws IOException {
        Random random = new Random(5);
        for (int round = 0; round < 300; round++) {
            MemMapFinderTest damaged = new MemMapFinderTest();
            damaged.sparseExtreme();
            damaged.endPfn = 700L * SECTION_FRAMES;
            long[] roots = table(ROOT, ROOT, ROOT);
            roots[random.nextInt(3)] ^= 1L << random.nextInt(64);
            long[] sections = sections(VMEMMAP | 3, VMEMMAP | 3, VMEMMAP | 3);
            for (int flips = 0; flips < 5; flips++) {
                sections[2 * random.nextInt(SECTIONS_PER_ROOT)] ^= 1L << random.nextInt(64);
            }
            damaged.space.words(TABLE, roots).words(ROOT, sections);
            damaged.info += round % 2 == 0 ? "SYMBOL(vmemmap)=ffffea0000000000\n" : "";
            try {
                MemMap map = damaged.find();
                for (int i = 0; i < 50; i++) {
                    long pfn = random.nextLong(damaged.endPfn + SECTION_FRAMES);
                    MapPiece piece = map.piece(pfn);
                    assertThat(pfn).isBetween(piece.startPfn(), piece.endPfn() - 1);
                }
            } catch (DumpException refused) {
                assertThat(refused).hasMessageContaining("mem_section");
            }
        }
    }
}
