package io.inquest.kernel.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.inquest.kernel.VmcoreInfo;
import io.inquest.testkit.KernelEra;
import io.inquest.testkit.StructPageBuilder;
import java.io.IOException;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// DISCONTIGMEM with two nodes and a gap between them (3.13: `struct pglist_data` in `include/linux/mmzone.h`),
/// and the ways in which kernels have listed their nodes (`pgdat_list` until 2.6.16).
final class DiscontiguousMemoryTest {

    private static final KernelEra ERA = KernelEra.v3_13();
    private static final int STRUCT_BYTES = 64;
    private static final int FIRST_END = 512;
    private static final int SECOND_START = 2048;
    private static final int FRAMES = 3072;
    private static final long LIST = 0xffff_ffff_8200_1000L;
    private static final long FIRST = 0xffff_8880_0000_1000L;
    private static final long SECOND = 0xffff_8880_0000_2000L;
    private static final long FIRST_MAP = 0xffff_8880_1000_0000L;
    private static final long SECOND_MAP = 0xffff_8880_2000_0000L;
    private static final String NODE = """
            SIZE(pglist_data)=32
            OFFSET(pglist_data.node_mem_map)=0
            OFFSET(pglist_data.node_start_pfn)=8
            OFFSET(pglist_data.node_spanned_pages)=16
            """;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SYMBOL(node_data)=ffffffff82001000\nLENGTH(node_data)=2\n",
                "SYMBOL(pgdat_list)=ffffffff82001000\nLENGTH(pgdat_list)=2\n",
                "SYMBOL(pgdat_list)=ffffffff82001000\nOFFSET(pglist_data.pgdat_next)=24\n"
            })
    void eachNodesFramesAreClassifiedByItsOwnStructPages(String listing) throws IOException {
        StructPageBuilder pages = new StructPageBuilder(ERA, ByteOrder.LITTLE_ENDIAN, FIRST_MAP, FRAMES);
        byte[] structs = pages.anonymous(FIRST_END - 1)
                .anonymous(FIRST_END)
                .anonymousHuge(SECOND_START, 9)
                .file(FRAMES - 1)
                .bytes();
        SyntheticSpace space = new SyntheticSpace(8, ByteOrder.LITTLE_ENDIAN)
                .words(LIST, FIRST, SECOND)
                .words(FIRST, FIRST_MAP, 0, FIRST_END, SECOND)
                .words(SECOND, SECOND_MAP, SECOND_START, FRAMES - SECOND_START, 0)
                .put(FIRST_MAP, Arrays.copyOf(structs, FIRST_END * STRUCT_BYTES))
                .put(SECOND_MAP, Arrays.copyOfRange(structs, SECOND_START * STRUCT_BYTES, structs.length));
        List<String> warnings = new ArrayList<>();
        VmcoreInfo info = VmcoreInfo.parse(ERA.vmcoreinfo() + NODE + listing);

        PageMap map = PageMap.open(space, info, SyntheticKernel.bounds(FRAMES), warnings::add);

        PageClass[] classes = SyntheticKernel.classes(map, 0, FRAMES, 1);
        assertThat(map.model()).isEqualTo(MemoryModel.DISCONTIGMEM);
        assertThat(classes[FIRST_END - 1]).isEqualTo(PageClass.USER);
        assertThat(Arrays.copyOfRange(classes, FIRST_END, SECOND_START))
                .as("there are no struct pages of the gap")
                .containsOnly(PageClass.KEPT);
        assertThat(Arrays.copyOfRange(classes, SECOND_START, SECOND_START + 512))
                .containsOnly(PageClass.USER);
        assertThat(Arrays.copyOfRange(classes, SECOND_START + 512, FRAMES - 1)).containsOnly(PageClass.KEPT);
        assertThat(classes[FRAMES - 1]).isEqualTo(PageClass.CACHE);
        assertThat(warnings).isEmpty();
    }
}
