package io.inquest.kernel.page;

import static io.inquest.kernel.page.PageClass.CACHE;
import static io.inquest.kernel.page.PageClass.CACHE_PRIVATE;
import static io.inquest.kernel.page.PageClass.FREE;
import static io.inquest.kernel.page.PageClass.HWPOISON;
import static io.inquest.kernel.page.PageClass.KEPT;
import static io.inquest.kernel.page.PageClass.OFFLINE;
import static io.inquest.kernel.page.PageClass.UNACCEPTED;
import static io.inquest.kernel.page.PageClass.USER;
import static org.assertj.core.api.Assertions.assertThat;

import io.inquest.testkit.KernelEra;
import java.io.IOException;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// The classes of pages in each era of struct page, as the kernels themselves mean them.
final class KernelErasTest {

    private static final int FRAMES = 256;

    static Stream<Arguments> eras() {
        return eras(era -> true);
    }

    static Stream<Arguments> erasThatMarkFreePages() {
        return eras(era -> era.type().buddy() != 0);
    }

    static Stream<Arguments> erasThatMarkTails() {
        return eras(era -> era.vmcoreinfo().contains("OFFSET(page.compound_"));
    }

    static Stream<Arguments> erasThatTellHugetlb() {
        return eras(era -> era.vmcoreinfo().contains("HUGETLB")
                || era.vmcoreinfo().contains("hugetlb")
                || (era.vmcoreinfo().contains("free_huge_page")
                        && era.compound() instanceof KernelEra.Compound.ListPointers));
    }

    static Stream<Arguments> erasThatHideTheOrder() {
        return eras(era -> era.release().equals("4.4"));
    }

    static Stream<Arguments> erasThatTellUnaccepted() {
        return eras(era -> era.type().unaccepted() != 0);
    }

    private static Stream<Arguments> eras(Predicate<KernelEra> which) {
        return Stream.of(
                        KernelEra.v2_6_15(),
                        KernelEra.v2_6_24(),
                        KernelEra.v2_6_32(),
                        KernelEra.v2_6_32i386(),
                        KernelEra.v3_13(),
                        KernelEra.v3_18(),
                        KernelEra.v4_4(),
                        KernelEra.v4_14(),
                        KernelEra.v4_14i386(),
                        KernelEra.v5_4(),
                        KernelEra.v6_1i386(),
                        KernelEra.v6_1i386().withStructBytes(36),
                        KernelEra.v6_1i386().withStructBytes(40),
                        KernelEra.v4_14().withStructBytes(56),
                        KernelEra.v6_4(),
                        KernelEra.v6_7(),
                        KernelEra.v6_9(),
                        KernelEra.v6_10(),
                        KernelEra.v6_12(),
                        KernelEra.v7_2())
                .filter(which)
                .flatMap(era ->
                        Stream.of(Arguments.of(era, ByteOrder.LITTLE_ENDIAN), Arguments.of(era, ByteOrder.BIG_ENDIAN)));
    }

    @ParameterizedTest
    @MethodSource("eras")
    void singlePagesGetTheirClass(KernelEra era, ByteOrder order) throws IOException {
        SyntheticKernel kernel = new SyntheticKernel(era, order, FRAMES);
        kernel.pages
                .reserved(1)
                .anonymous(2)
                .file(3)
                .privateFile(4)
                .swapCache(5)
                .slab(6, 0)
                .pageTable(7)
                .anonymous(255);
        PageClass[] classes = kernel.classes();
        assertThat(classes).startsWith(KEPT, KEPT, USER, CACHE, CACHE_PRIVATE, CACHE, KEPT, KEPT, KEPT);
        assertThat(classes[255]).isEqualTo(USER);
    }

    @ParameterizedTest
    @MethodSource("eras")
    void slabIsKeptWhateverLiesWhereMappingIs(KernelEra era, ByteOrder order) throws IOException {
        SyntheticKernel kernel = new SyntheticKernel(era, order, FRAMES);
        kernel.pages.anonymous(8).slab(8, 0);
        assertThat(kernel.classes()[8]).isEqualTo(KEPT);
    }

    @ParameterizedTest
    @MethodSource("eras")
    void compoundPagesOfTheKernelAreKept(KernelEra era, ByteOrder order) throws IOException {
        SyntheticKernel kernel = new SyntheticKernel(era, order, FRAMES);
        kernel.pages.compound(16, 4, 1).slab(32, 3).compound(64, 6, 1);
        assertThat(kernel.classes()).containsOnly(KEPT);
    }

    @ParameterizedTest
    @MethodSource("erasThatMarkFreePages")
    void freeBlocksAreFreeAsAWhole(KernelEra era, ByteOrder order) throws IOException {
        SyntheticKernel kernel = new SyntheticKernel(era, order, FRAMES);
        // What lies inside a free block is left from former use.
        kernel.pages.free(16, 3).anonymous(18).file(19).free(32, 0);
        PageClass[] classes = kernel.classes();
        assertThat(classes).startsWith(fill(16, KEPT));
        assertThat(Arrays.copyOfRange(classes, 16, 24)).containsOnly(FREE);
        assertThat(Arrays.copyOfRange(classes, 24, 32)).containsOnly(KEPT);
        assertThat(classes[32]).isEqualTo(FREE);
        assertThat(classes[33]).isEqualTo(KEPT);
    }

    @ParameterizedTest
    @MethodSource("erasThatMarkTails")
    void tailsGoTheWayOfTheirHead(KernelEra era, ByteOrder order) throws IOException {
        SyntheticKernel kernel = new SyntheticKernel(era, order, FRAMES);
        kernel.pages.anonymousHuge(16, 3).slab(32, 3).fileHuge(48, 2).compound(64, 4, 1);
        PageClass[] classes = kernel.classes();
        assertThat(Arrays.copyOfRange(classes, 16, 24)).containsOnly(USER);
        assertThat(Arrays.copyOfRange(classes, 24, 48)).containsOnly(KEPT);
        assertThat(Arrays.copyOfRange(classes, 48, 52)).containsOnly(CACHE);
        assertThat(Arrays.copyOfRange(classes, 52, 256)).containsOnly(KEPT);
    }

    @ParameterizedTest
    @MethodSource("erasThatTellHugetlb")
    void hugetlbPagesAreUserPagesThoughTheirMappingDoesNotSaySo(KernelEra era, ByteOrder order) throws IOException {
        SyntheticKernel kernel = new SyntheticKernel(era, order, FRAMES);
        kernel.pages.hugetlb(64, 6).compound(128, 6, 1);
        PageClass[] classes = kernel.classes();
        assertThat(Arrays.copyOfRange(classes, 0, 64)).containsOnly(KEPT);
        assertThat(Arrays.copyOfRange(classes, 64, 128)).containsOnly(USER);
        assertThat(Arrays.copyOfRange(classes, 128, 256)).containsOnly(KEPT);
    }

    @ParameterizedTest
    @MethodSource("erasThatHideTheOrder")
    void compoundPagesWhoseOrderIsNotExportedAreKeptButForTheirHead(KernelEra era, ByteOrder order) throws IOException {
        SyntheticKernel kernel = new SyntheticKernel(era, order, FRAMES);
        kernel.pages.hugetlb(64, 6).anonymousHuge(128, 6);
        PageClass[] classes = kernel.classes();
        assertThat(Arrays.copyOfRange(classes, 0, 128)).containsOnly(KEPT);
        assertThat(classes[128]).isEqualTo(USER);
        assertThat(Arrays.copyOfRange(classes, 129, 256)).containsOnly(KEPT);
    }

    @ParameterizedTest
    @MethodSource("eras")
    void brokenAndOfflinePagesAreToldApart(KernelEra era, ByteOrder order) throws IOException {
        SyntheticKernel kernel = new SyntheticKernel(era, order, FRAMES);
        boolean poison = era.bit().hwpoison() >= 0;
        boolean offline = era.type().offline() != 0;
        if (poison) {
            kernel.pages.hwpoison(3);
        }
        if (offline) {
            kernel.pages.offline(4);
        }
        PageClass[] classes = kernel.classes();
        assertThat(classes[3]).isEqualTo(poison ? HWPOISON : KEPT);
        assertThat(classes[4]).isEqualTo(offline ? OFFLINE : KEPT);
        assertThat(kernel.open().neededFor(0)).isEqualTo(poison);
    }

    @ParameterizedTest
    @MethodSource("erasThatTellUnaccepted")
    void unacceptedMemoryComesInBlocksOfTheLargestOrder(KernelEra era, ByteOrder order) throws IOException {
        SyntheticKernel kernel = new SyntheticKernel(era, order, 4096).with("LENGTH(zone.free_area)=11\n");
        kernel.pages.unaccepted(1024);
        PageClass[] classes = kernel.classes();
        assertThat(Arrays.copyOfRange(classes, 0, 1024)).containsOnly(KEPT);
        assertThat(Arrays.copyOfRange(classes, 1024, 2048)).containsOnly(UNACCEPTED);
        assertThat(Arrays.copyOfRange(classes, 2048, 4096)).containsOnly(KEPT);
    }

    @ParameterizedTest
    @MethodSource("eras")
    void explanationsAgreeWithTheFilter(KernelEra era, ByteOrder order) throws IOException {
        SyntheticKernel kernel = new SyntheticKernel(era, order, FRAMES);
        kernel.pages
                .free(8, 3)
                .anonymousHuge(16, 4)
                .hugetlb(64, 6)
                .slab(32, 3)
                .file(40)
                .privateFile(41)
                .swapCache(42);
        PageMap map = kernel.open();
        PageClass[] classes = SyntheticKernel.classes(map, 0, FRAMES, 1);
        for (int pfn = 0; pfn < FRAMES; pfn++) {
            assertThat(map.describe(pfn).pageClass()).as("frame %d", pfn).isEqualTo(classes[pfn]);
        }
    }

    private static PageClass[] fill(int count, PageClass pageClass) {
        PageClass[] classes = new PageClass[count];
        Arrays.fill(classes, pageClass);
        return classes;
    }
}
