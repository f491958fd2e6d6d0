package io.inquest.kernel.arch.x86_64;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.inquest.dump.DumpException;
import io.inquest.dump.MemoryFault;
import io.inquest.dump.PageState;
import io.inquest.dump.Warnings;
import io.inquest.kernel.AddressSpace;
import io.inquest.kernel.Kernel;
import io.inquest.kernel.Mapping;
import io.inquest.kernel.SyntheticDump;
import io.inquest.kernel.VmcoreInfo;
import io.inquest.kernel.WalkStep;
import io.inquest.kernel.arch.KernelSpace;
import io.inquest.testkit.PageTableBuilder;
import io.inquest.testkit.SyntheticKernel;
import io.inquest.testkit.SyntheticMemory;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PageTablesTest {

    private static final long VMALLOC = 0xffff_c900_0000_0000L;
    private static final long SME = 1L << 47;

    private static KernelSpace tablesOf(SyntheticKernel kernel) throws IOException {
        return tablesOf(new SyntheticDump(kernel.memory(), kernel.vmcoreInfo().build()));
    }

    private static KernelSpace tablesOf(SyntheticDump dump) throws IOException {
        return Kernel.open(dump, Warnings.NONE).pageTables();
    }

    private static Mapping.Mapped mapped(AddressSpace space, long address, long bytes) throws IOException {
        Mapping mapping = space.translate(address, bytes);
        assertThat(mapping).isInstanceOf(Mapping.Mapped.class);
        return (Mapping.Mapped) mapping;
    }

    @ParameterizedTest
    @CsvSource({"4, 0, 0", "5, 0, 0", "4, 0x600000, 0", "4, -0x600000, 0", "5, 0x400000, 0x800000000000"})
    void imageAddressIsFoundWithAnyLevelsLoadShiftAndEncryption(int levels, String physBase, String sme)
            throws IOException {
        SyntheticKernel kernel = new SyntheticKernel(levels, Long.decode(physBase), Long.decode(sme));
        long address = kernel.allocate(8);
        kernel.memory().put64(kernel.physical(address), 0x1234_5678_9abc_def0L);

        KernelSpace space = tablesOf(kernel);

        assertThat(space.readLong(address)).isEqualTo(0x1234_5678_9abc_def0L);
        assertThat(mapped(space, address, 1).to()).isEqualTo(kernel.physical(address));
        assertThat(space.rootTable()).isEqualTo(kernel.physical(SyntheticKernel.IMAGE));
    }

    @Test
    void walkShowsItsStepsByTheirKernelNames() throws IOException {
        SyntheticKernel four = new SyntheticKernel();
        four.tables().map4K(VMALLOC, 0x5000);
        SyntheticKernel five = new SyntheticKernel(5, 0, 0);
        five.tables().map4K(VMALLOC, 0x5000);

        assertThat(mapped(tablesOf(four), VMALLOC, 1).steps())
                .extracting(WalkStep::level)
                .containsExactly("PGD", "PUD", "PMD", "PTE");
        List<WalkStep> steps = mapped(tablesOf(five), VMALLOC, 1).steps();
        assertThat(steps).extracting(WalkStep::level).containsExactly("PGD", "P4D", "PUD", "PMD", "PTE");
        assertThat(steps.get(4).entryAddress()).isEqualTo(five.tables().entryAddress(VMALLOC, 12));
        assertThat(steps.get(4).entry()).isEqualTo(0x5003);
    }

    @Test
    void hugePagesOfBothSizesAreMapped() throws IOException {
        SyntheticKernel kernel = new SyntheticKernel();
        long gigabyte = VMALLOC + (1L << 30);
        kernel.tables().map1G(gigabyte, 0x4000_0000L).map2M(VMALLOC, 0x20_0000);

        KernelSpace space = tablesOf(kernel);

        assertThat(mapped(space, gigabyte + 0x1234_5678, Long.MAX_VALUE).to()).isEqualTo(0x5234_5678L);
        assertThat(mapped(space, VMALLOC + 0x1_2345, 1 << 30).to()).isEqualTo(0x21_2345L);
        assertThat(mapped(space, VMALLOC + 0x1_2345, 1 << 30).bytes()).isEqualTo(0x20_0000 - 0x1_2345);
    }

    @Test
    void contiguousPagesAreOneRunAndOthersAreNot() throws IOException {
        SyntheticKernel kernel = new SyntheticKernel();
        kernel.tables().map4K(VMALLOC, 0x7000).map4K(VMALLOC + 0x1000, 0x8000).map4K(VMALLOC + 0x2000, 0x3000);

        KernelSpace space = tablesOf(kernel);

        assertThat(mapped(space, VMALLOC + 0x10, 0x10000).bytes()).isEqualTo(0x1ff0);
        assertThat(mapped(space, VMALLOC + 0x10, 0x20).bytes()).isEqualTo(0x20);
        assertThat(mapped(space, VMALLOC + 0x2000, 0x10000).bytes()).isEqualTo(0x1000);
    }

    @Test
    void readCrossesPagesThatAreNotContiguous() throws IOException {
        SyntheticKernel kernel = new SyntheticKernel();
        kernel.tables().map4K(VMALLOC, 0x7000).map4K(VMALLOC + 0x1000, 0x3000);
        kernel.memory().putText(0x7ffc, "left");
        kernel.memory().putText(0x3000, "right");
        ByteBuffer target = ByteBuffer.allocate(9);

        tablesOf(kernel).read(VMALLOC + 0xffc, target);

        assertThat(new String(target.array(), StandardCharsets.US_ASCII)).isEqualTo("leftright");
    }

    @Test
    void notPresentSaysAtWhichLevelAndForHowLong() throws IOException {
        SyntheticKernel kernel = new SyntheticKernel();
        kernel.tables().map4K(VMALLOC, 0x7000);
        kernel.memory().reserve(0x7000, 1);

        KernelSpace space = tablesOf(kernel);

        Mapping next = space.translate(VMALLOC + 0x1000, 1 << 20);
        assertThat(next).isInstanceOf(Mapping.NotPresent.class);
        assertThat(next.bytes()).isEqualTo(0x1000);
        assertThat(next.steps()).hasSize(4);
        assertThatExceptionOfType(MemoryFault.class)
                .isThrownBy(() -> space.readLong(VMALLOC + 0xffc))
                .withMessageContaining("0xffffc90000001000")
                .withMessageContaining("its PTE entry at physical address")
                .satisfies(fault -> assertThat(fault.state()).isEqualTo(PageState.ABSENT));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0x800000000000", "0x7fff8880000000", "0x100000000000000"})
    void addressThatIsNotCanonicalIsNotMapped(String address) throws IOException {
        KernelSpace space = tablesOf(new SyntheticKernel());

        assertThat(space.translate(Long.decode(address), 8)).isInstanceOf(Mapping.NotPresent.class);
        assertThatExceptionOfType(MemoryFault.class)
                .isThrownBy(() -> space.readLong(Long.decode(address)))
                .withMessageContaining("not canonical with 4 levels");
    }

    @Test
    void pageWithoutAccessIsStillReadable() throws IOException {
        SyntheticKernel kernel = new SyntheticKernel();
        long protNone = 0x100;
        kernel.tables().setEntry(VMALLOC, 12, (~0x5000L & 0x000f_ffff_ffff_f000L) | protNone);
        kernel.memory().put64(0x5008, 42);

        assertThat(tablesOf(kernel).readLong(VMALLOC + 8)).isEqualTo(42);
    }

    /// As `pmd_mkinvalid` leaves an entry for a moment (`arch/x86/include/asm/pgtable.h`).
    @Test
    void hugePageThatIsBeingSplitIsStillMapped() throws IOException {
        SyntheticKernel kernel = new SyntheticKernel();
        long psePage = 0x80;
        kernel.tables().setEntry(VMALLOC, 21, (~0x20_0000L & 0x000f_ffff_ffe0_0000L) | psePage);
        kernel.memory().put64(0x20_5008, 42);

        assertThat(tablesOf(kernel).readLong(VMALLOC + 0x5008)).isEqualTo(42);
    }

    @Test
    void excludedFrameIsNotReadAsZeroes() throws IOException {
        SyntheticKernel kernel = new SyntheticKernel();
        long address = kernel.allocate(8192);
        SyntheticDump dump =
                new SyntheticDump(kernel.memory(), kernel.vmcoreInfo().build());
        dump.without(kernel.physical(address) + 4096, PageState.EXCLUDED);

        assertThatExceptionOfType(MemoryFault.class)
                .isThrownBy(() -> tablesOf(dump).read(address + 16, ByteBuffer.allocate(8000)))
                .satisfies(fault -> assertThat(fault.address()).isEqualTo(address + 4096))
                .satisfies(fault -> assertThat(fault.state()).isEqualTo(PageState.EXCLUDED))
                .withMessageContaining("EXCLUDED");
    }

    @Test
    void lostTableIsToldAndDoesNotLookLikeAHole() throws IOException {
        SyntheticKernel kernel = new SyntheticKernel();
        kernel.tables().map4K(VMALLOC, 0x7000);
        SyntheticDump dump =
                new SyntheticDump(kernel.memory(), kernel.vmcoreInfo().build());
        dump.without(kernel.tables().entryAddress(VMALLOC, 12), PageState.LOST);

        KernelSpace space = tablesOf(dump);

        assertThat(space.translate(VMALLOC, 8)).isInstanceOf(Mapping.TableUnreadable.class);
        assertThatExceptionOfType(MemoryFault.class)
                .isThrownBy(() -> space.readLong(VMALLOC))
                .withMessageContaining("its PTE table cannot be read")
                .satisfies(fault -> assertThat(fault.state()).isEqualTo(PageState.LOST));
    }

    @Test
    void userSpaceHasARootTableOfItsOwn() throws IOException {
        SyntheticKernel kernel = new SyntheticKernel();
        PageTableBuilder user = new PageTableBuilder(kernel.memory(), 4, 0x200_0000, 0);
        user.map4K(0x40_0000, 0x9000).map2M(0x7f00_0000_0000L, 0x40_0000);
        kernel.memory().put32(0x9004, 77);

        KernelSpace space = tablesOf(kernel);
        TreeSet<Long> frames = new TreeSet<>();
        long unreadable = space.visitUserMemory(user.root(), (pfn, count) -> frames.add(pfn));

        assertThat(space.userSpace(user.root()).readInt(0x40_0004)).isEqualTo(77);
        assertThat(unreadable).isZero();
        assertThat(frames).containsExactly(0x9L, 0x400L, 0x2000L, 0x2001L, 0x2002L, 0x2003L, 0x2004L, 0x2005L);
    }

    @Test
    void ownFramesAreTablesAndWhatIsMappedOutsideDirectMapAndImage() throws IOException {
        SyntheticKernel kernel = new SyntheticKernel(4, 0x40_0000, 0);
        kernel.tables().map4K(VMALLOC, 0x9000).map2M(VMALLOC + (1L << 30), 0x80_0000);
        TreeSet<Long> frames = new TreeSet<>();

        KernelSpace space = tablesOf(kernel);
        space.visitOwnFrames((pfn, count) -> {
            for (long i = 0; i < count; i++) {
                frames.add(pfn + i);
            }
        });

        long root = kernel.physical(SyntheticKernel.IMAGE) >>> 12;
        assertThat(frames).contains(9L, 0x800L, 0x9ffL, root, root + 1).doesNotContain(0L, 10L, 0xa00L);
        assertThat(frames).doesNotContain(kernel.physical(kernel.allocate(1)) >>> 12);
    }

    @Test
    void equalEntriesAreVisitedOnce() throws IOException {
        SyntheticKernel kernel = new SyntheticKernel();
        long shadow = 0xffff_ec00_0000_0000L;
        kernel.tables().map4K(shadow, 0x9000);
        long table = kernel.tables().entryAddress(shadow, 30) & -4096;
        long entry = (kernel.tables().entryAddress(shadow, 21) & -4096) | 3;
        for (int i = 0; i < 512; i++) {
            kernel.memory().put64(table + 8L * i, entry);
        }
        int[] visits = new int[1];

        tablesOf(kernel).visitOwnFrames((pfn, count) -> visits[0] += pfn == entry >>> 12 ? 1 : 0);

        assertThat(visits[0]).isEqualTo(1);
    }

    @Test
    void tablesThatHangInEachOtherEndTheVisit() throws IOException {
        SyntheticKernel kernel = new SyntheticKernel();
        kernel.tables().map4K(VMALLOC, 0x9000);
        long table = kernel.tables().entryAddress(VMALLOC, 30) & -4096;
        for (int i = 0; i < 512; i++) {
            kernel.memory().put64(table + 8L * i, table | 3 | (i & 1) << 9);
        }

        KernelSpace space = tablesOf(kernel);

        assertThatExceptionOfType(DumpException.class)
                .isThrownBy(() -> space.visitOwnFrames((pfn, count) -> {}))
                .withMessageContaining("page tables are damaged");
    }

    @Test
    void damagedTablesGiveMappingsAndFaultsAndNothingElse() throws IOException {
        Random random = new Random(3);
        for (int round = 0; round < 300; round++) {
            SyntheticKernel kernel = new SyntheticKernel(4 + (round & 1), 0, 0);
            kernel.tables().map4K(VMALLOC, 0x9000).map2M(VMALLOC + (1L << 30), 0x80_0000);
            KernelSpace space = tablesOf(kernel);
            for (int flips = 0; flips < 200; flips++) {
                long table = kernel.tables().root() + 4096L * random.nextInt(10);
                kernel.memory().put64(table + 8L * random.nextInt(512), random.nextLong());
            }
            for (int i = 0; i < 200; i++) {
                long address = (-1L << random.nextInt(64)) | (random.nextLong() >>> random.nextInt(64));
                assertThat(space.translate(address, 1 << 20).bytes()).isBetween(1L, 1L << 20);
                try {
                    space.read(address, ByteBuffer.allocate(100));
                } catch (MemoryFault documented) {
                    assertThat(documented.getMessage()).startsWith("virtual address ");
                }
            }
            try {
                space.visitOwnFrames((pfn, count) -> assertThat(count).isPositive());
            } catch (DumpException documented) {
                assertThat(documented.getMessage()).contains("page tables are damaged");
            }
        }
    }

    @Test
    void wrongLoadShiftIsFoundBeforeAnythingIsRead() {
        SyntheticKernel kernel = new SyntheticKernel(4, 0x20_0000, 0);
        String info = kernel.vmcoreInfo().build().replace("phys_base)=2097152", "phys_base)=6291456");
        kernel.memory().reserve(kernel.physical(SyntheticKernel.IMAGE) + 0x40_0000, SyntheticMemory.PAGE_BYTES);

        assertThatExceptionOfType(DumpException.class)
                .isThrownBy(() -> tablesOf(new SyntheticDump(kernel.memory(), info)))
                .withMessageContaining("init_top_pgt 0xffffffff81000000")
                .withMessageContaining("phys_base 0x600000 from NUMBER(phys_base)")
                .withMessageContaining("its PGD entry");
    }

    @Test
    void loadShiftComesFromTheImageSegmentOrTheHeaderWhenVmcoreinfoHasNone() throws IOException {
        SyntheticKernel kernel = new SyntheticKernel(4, 0x20_0000, SME);
        String info = kernel.vmcoreInfo().build().replace("NUMBER(phys_base)=2097152\n", "");
        SyntheticDump bySegment = new SyntheticDump(kernel.memory(), info);
        bySegment.segment(SyntheticKernel.IMAGE, kernel.physical(SyntheticKernel.IMAGE), 4 << 20);

        assertThat(tablesOf(bySegment).rootTable()).isEqualTo(0x120_0000);
        assertThat(tablesOf(new SyntheticDump(kernel.memory(), info).physBase(0x20_0000))
                        .rootTable())
                .isEqualTo(0x120_0000);
        assertThatExceptionOfType(DumpException.class)
                .isThrownBy(() -> tablesOf(new SyntheticDump(kernel.memory(), info)))
                .withMessageContaining("nobody says where the kernel was loaded");
    }

    @Test
    void oldNameOfTheRootTableIsKnownAndNoNameIsAnError() throws IOException {
        SyntheticKernel kernel = new SyntheticKernel();
        String info = kernel.vmcoreInfo().build();

        assertThat(tablesOf(new SyntheticDump(kernel.memory(), info.replace("init_top_pgt", "init_level4_pgt")))
                        .rootTable())
                .isEqualTo(0x100_0000);
        assertThatExceptionOfType(DumpException.class)
                .isThrownBy(() -> tablesOf(new SyntheticDump(kernel.memory(), info.replace("init_top_pgt", "x"))))
                .withMessageContaining("names no root page table");
    }

    @Test
    void defaultsOfOldKernelsComeFromTheirRelease() {
        X86_64 architecture = new X86_64();

        assertThat(architecture.defaultPhysicalAddressBits(release("2.6.25"))).isEqualTo(40);
        assertThat(architecture.defaultPhysicalAddressBits(release("2.6.30-rc1")))
                .isEqualTo(44);
        assertThat(architecture.defaultPhysicalAddressBits(release("2.6.32-754.el6")))
                .isEqualTo(46);
        assertThat(architecture.defaultPhysicalAddressBits(release("6.12.1"))).isEqualTo(46);
        assertThat(architecture.defaultPhysicalAddressBits(release("6.12.1\nNUMBER(pgtable_l5_enabled)=1")))
                .isEqualTo(52);
        assertThat(architecture.defaultSectionSizeBits(release("6.12.1"))).isEqualTo(27);
    }

    private static VmcoreInfo release(String release) {
        return VmcoreInfo.parse("OSRELEASE=" + release + "\n");
    }
}
