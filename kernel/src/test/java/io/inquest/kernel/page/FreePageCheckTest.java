package io.inquest.kernel.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.inquest.kernel.VmcoreInfo;
import java.io.IOException;
import java.nio.ByteOrder;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

final class FreePageCheckTest {

    private static final long NODE = 0xffff_ffff_8200_0000L;

    /// One node with two zones of 64 bytes: spanned_pages, vm_stat[0], then two orders of one list head and
    /// nr_free.
    private static final String INFO = """
            SYMBOL(contig_page_data)=ffffffff82000000
            SIZE(zone)=64
            OFFSET(pglist_data.node_zones)=0
            OFFSET(pglist_data.nr_zones)=192
            OFFSET(zone.spanned_pages)=0
            OFFSET(zone.vm_stat)=8
            NUMBER(NR_FREE_PAGES)=0
            OFFSET(zone.free_area)=16
            LENGTH(zone.free_area)=2
            LENGTH(free_area.free_list)=1
            SIZE(list_head)=16
            SIZE(free_area)=24
            """;

    private final SyntheticSpace space = new SyntheticSpace(8, ByteOrder.LITTLE_ENDIAN)
            .words(NODE, 1000, 498, 0, 0, 100, 0, 0, 200, 1000, 301, 0, 0, 300, 0, 0, 0, 0, 9999, 0, 0, 0, 0, 0, 0, 3);

    private FreePageCheck check(String info, long free) throws IOException {
        return FreePageCheck.of(space, VmcoreInfo.parse(info), 2, free, 0);
    }

    @Test
    void populatedZonesAreSummedUp() throws IOException {
        FreePageCheck check = check(INFO, 800);
        assertThat(check.counted()).isEqualTo(OptionalLong.of(799));
        assertThat(check.listed()).isEqualTo(OptionalLong.of(100 + 2 * 200 + 300));
        assertThat(check.tolerance()).isEqualTo(125 * 2 * 2);
        assertThat(check.isPlausible()).isTrue();
    }

    @Test
    void aFilterThatFindsNoneOrTooManyIsNotBelieved() throws IOException {
        assertThat(check(INFO, 0).isPlausible()).isFalse();
        assertThat(check(INFO, 1300).isPlausible()).isFalse();
        assertThat(check(INFO, 1300).describe())
                .isEqualTo("the filter found 1300 free pages, the kernel counted 799 (give or take 500), its free lists"
                        + " hold 800");
    }

    @Test
    void anUnknownFreeAreaIsNotGuessed() throws IOException {
        assertThat(check(INFO.replace("SIZE(free_area)=24", "SIZE(free_area)=32"), 800)
                        .listed())
                .isEmpty();
    }

    @Test
    void withoutCountersNothingSpeaksAgainstTheFilter() throws IOException {
        assertThat(check("", 12345).isPlausible()).isTrue();
    }

    @Test
    void unreadableCountersAreLeftOut() throws IOException {
        space.hole(NODE + 8, 8);
        FreePageCheck check = check(INFO, 800);
        assertThat(check.counted()).isEmpty();
        assertThat(check.isPlausible()).isTrue();
    }
}
