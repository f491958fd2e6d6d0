package io.inquest.kernel.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.inquest.testkit.KernelEra;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class KeepListTest {

    private static final KernelEra ERA = KernelEra.v6_12();

    private final SyntheticKernel kernel = SyntheticKernel.of(ERA, 64);
    private final List<String> warnings = new ArrayList<>();

    private byte[] applied(KeepList list, PageMap map, int expectedRescues) throws IOException {
        byte[] classes = new byte[64];
        map.classify(0, 64, classes, 1);
        assertThat(list.apply(0, 64, classes, 31)).isEqualTo(expectedRescues);
        return classes;
    }

    private KeepList list(PageMap map) throws IOException {
        return KeepList.of(kernel.space, map, 64, warnings::add);
    }

    @Test
    void theKernelsOwnFramesStay() throws IOException {
        kernel.pages.free(8, 3).file(20).file(21);
        kernel.space.owns(9, 2).owns(20, 1).owns(30, 1);
        PageMap map = kernel.open();
        byte[] classes = applied(list(map), map, 3);
        assertThat(classes[8]).isEqualTo((byte) PageClass.FREE.code());
        assertThat(classes[9]).isEqualTo((byte) PageClass.KEPT.code());
        assertThat(classes[10]).isEqualTo((byte) PageClass.KEPT.code());
        assertThat(classes[20]).isEqualTo((byte) PageClass.KEPT.code());
        assertThat(classes[21]).isEqualTo((byte) PageClass.CACHE.code());
    }

    @Test
    void memoryOfProcessesIsNotRescuedUnlessAsked() throws IOException {
        kernel.pages.anonymous(10).anonymousHuge(16, 2);
        kernel.space.owns(10, 1).owns(17, 1);
        PageMap map = kernel.open();
        assertThat(applied(list(map), map, 0)[10]).isEqualTo((byte) PageClass.USER.code());
        KeepList referenced = list(map);
        referenced.keepUserPages();
        assertThat(applied(referenced, map, 2)[10]).isEqualTo((byte) PageClass.KEPT.code());
    }

    @Test
    void memoryThatOnlyLooksLikeAProcessesIsRescued() throws IOException {
        // Only bit 0 of mapping is set, as in a kernel allocation of an unknown layout.
        kernel.pages.mappingWord(10, 1);
        kernel.space.owns(10, 1);
        PageMap map = kernel.open();
        assertThat(map.describe(10).pageClass()).isEqualTo(PageClass.USER);
        assertThat(applied(list(map), map, 1)[10]).isEqualTo((byte) PageClass.KEPT.code());
    }

    /// Tails of huge pages of a process are marked by nothing but their head, in kernels before 4.4.
    @Test
    void noPartOfAHugePageOfAProcessIsRescued() throws IOException {
        SyntheticKernel old = SyntheticKernel.of(KernelEra.v3_18(), 64);
        old.pages.anonymousHuge(16, 2);
        old.space.owns(17, 2);
        PageMap map = old.open();
        byte[] classes = applied(KeepList.of(old.space, map, 64, warnings::add), map, 0);
        assertThat(classes[17]).isEqualTo((byte) PageClass.USER.code());
    }

    @Test
    void damagedTablesAreToldAndNoReasonToGiveUp() throws IOException {
        kernel.pages.free(8, 3);
        kernel.space.damaged("the page tables are damaged");
        PageMap map = kernel.open();
        applied(list(map), map, 0);
        assertThat(warnings)
                .containsExactly("the page tables are damaged; what they map is left to the filter's rules");
    }

    @Test
    void brokenMemoryIsNeverKept() throws IOException {
        kernel.pages.hwpoison(5).offline(6);
        kernel.space.owns(5, 2);
        PageMap map = kernel.open();
        applied(list(map), map, 0);
    }

    @Test
    void tablesOfTasksCanBeAdded() throws IOException {
        kernel.pages.free(40, 0);
        PageMap map = kernel.open();
        KeepList list = list(map);
        list.addTask(40);
        applied(list, map, 1);
    }

    @Test
    void framesThatAreNoMemoryAreIgnored() throws IOException {
        kernel.space.owns(0xf_fff0_0000L, 0x100).owns(60, Long.MAX_VALUE);
        PageMap map = kernel.open();
        applied(list(map), map, 0);
        assertThat(warnings).isEmpty();
    }
}
