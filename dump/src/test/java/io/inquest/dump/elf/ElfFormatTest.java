package io.inquest.dump.elf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inquest.dump.Damage;
import io.inquest.dump.Dump;
import io.inquest.dump.DumpException;
import io.inquest.dump.Dumps;
import io.inquest.dump.EndlessSource;
import io.inquest.dump.MemoryFault;
import io.inquest.dump.PageBitmap;
import io.inquest.dump.PageState;
import io.inquest.dump.PhysicalSegment;
import io.inquest.dump.RefusingSource;
import io.inquest.dump.io.MemorySource;
import io.inquest.testkit.ElfCoreBuilder;
import io.inquest.testkit.PagePattern;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class ElfFormatTest {

    private static final int PAGE = 4096;
    private static final byte[] VMCOREINFO =
            "OSRELEASE=6.1\nPAGESIZE=4096\nCRASHTIME=1700000000\n".getBytes(StandardCharsets.US_ASCII);

    private final List<String> warnings = new ArrayList<>();

    private Dump open(ElfCoreBuilder builder) throws IOException {
        return Dumps.open(new MemorySource("vmcore", builder.build()), warnings::add);
    }

    private static ElfCoreBuilder elf64() {
        return ElfCoreBuilder.elf64(ByteOrder.LITTLE_ENDIAN);
    }

    static Stream<ElfCoreBuilder> everyKind() {
        return Stream.of(
                ElfCoreBuilder.elf64(ByteOrder.LITTLE_ENDIAN),
                ElfCoreBuilder.elf64(ByteOrder.BIG_ENDIAN).machine(22),
                ElfCoreBuilder.elf32(ByteOrder.LITTLE_ENDIAN),
                ElfCoreBuilder.elf32(ByteOrder.BIG_ENDIAN).machine(20));
    }

    @ParameterizedTest
    @MethodSource("everyKind")
    void bothWidthsAndByteOrdersAreRead(ElfCoreBuilder builder) throws IOException {
        builder.note("CORE", 1, new byte[30])
                .note("VMCOREINFO", 0, VMCOREINFO)
                .load(0x10000, PagePattern.of(16, PAGE), 3 * PAGE);
        try (Dump dump = open(builder)) {
            assertThat(dump.header().format()).isIn("ELF64", "ELF32");
            assertThat(dump.machine().name()).isIn("x86_64", "s390x", "i686", "ppc");
            assertThat(dump.header().crashTimeSeconds()).hasValue(1_700_000_000);
            assertThat(dump.header().cpus()).hasValue(1);
            assertThat(dump.notes()).hasSize(2);
            assertThat(page(dump, 16)).isEqualTo(PagePattern.of(16, PAGE));
            assertThat(dump.memory().state(17)).isEqualTo(PageState.EXCLUDED);
            assertThat(dump.memory().endPfn()).isEqualTo(19);
            assertThat(warnings).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("everyKind")
    void looseAndExtendedProgramHeadersAreRead(ElfCoreBuilder builder) throws IOException {
        builder.looseHeaders(24, 8).extendedNumbering().ehsize(8);
        for (int i = 0; i < 3000; i++) {
            builder.nullHeaders(1);
        }
        try (Dump dump = open(builder.load(0x10000, PagePattern.of(16, PAGE)))) {
            assertThat(page(dump, 16)).isEqualTo(PagePattern.of(16, PAGE));
        }
    }

    @Test
    void allPtNotesAreRead() throws IOException {
        try (Dump dump = open(elf64().note("CORE", 1, new byte[8])
                .endNotes()
                .note("VMCOREINFO", 0, VMCOREINFO)
                .load(0, new byte[PAGE]))) {
            assertThat(dump.notes()).hasSize(2);
            assertThat(dump.vmcoreinfo()).hasValue(new String(VMCOREINFO, StandardCharsets.US_ASCII));
        }
    }

    @Test
    void pageSizeComesFromVmcoreinfo() throws IOException {
        byte[] text = "PAGESIZE=65536\n".getBytes(StandardCharsets.US_ASCII);
        try (Dump dump = open(elf64().note("VMCOREINFO", 0, text).load(0, new byte[65536]))) {
            assertThat(dump.machine().pageBytes()).isEqualTo(65536);
            assertThat(dump.memory().endPfn()).isEqualTo(1);
        }
    }

    @Test
    void overlappingSegmentsAreOneMemory() throws IOException {
        byte[] image = ElfContractTest.pages(4, 8);
        try (Dump dump = open(elf64().load(0xffff_ffff_8100_0000L, 4 * PAGE, image, image.length)
                .load(0, ElfContractTest.pages(0, 10)))) {
            PageBitmap stored = PageBitmap.of(0, 64);
            dump.memory().markStored(stored);
            assertThat(stored.cardinality()).isEqualTo(10);
            assertThat(dump.memory().segments()).hasSize(2);
            for (int pfn = 0; pfn < 10; pfn++) {
                assertThat(page(dump, pfn)).isEqualTo(PagePattern.of(pfn, PAGE));
            }
        }
    }

    @Test
    void bytesInTheFileWinOverLeftOutOnes() throws IOException {
        try (Dump dump = open(elf64().load(0, new byte[0], 10 * PAGE).load(4 * PAGE, ElfContractTest.pages(4, 6)))) {
            assertThat(dump.memory().state(3)).isEqualTo(PageState.EXCLUDED);
            assertThat(page(dump, 5)).isEqualTo(PagePattern.of(5, PAGE));
        }
    }

    @Test
    void pageThatStraddlesSegmentsIsPutTogether() throws IOException {
        byte[] page = PagePattern.of(3, PAGE);
        ElfCoreBuilder builder = elf64().load(3 * PAGE, Arrays.copyOf(page, 1000))
                .load(3 * PAGE + 1500, Arrays.copyOfRange(page, 1500, PAGE));
        byte[] expected = page.clone();
        Arrays.fill(expected, 1000, 1500, (byte) 0);
        try (Dump dump = open(builder)) {
            assertThat(dump.memory().state(3)).isEqualTo(PageState.STORED);
            assertThat(page(dump, 3)).isEqualTo(expected);
            ByteBuffer whole = ByteBuffer.allocate(PAGE);
            dump.memory().readPages(3, 1, whole, new PageState[1]);
            assertThat(whole.array()).isEqualTo(expected);
        }
    }

    @Test
    void leftOutBytesBehindAPartOfAPageAreZero() throws IOException {
        byte[] page = PagePattern.of(3, PAGE);
        try (Dump dump = open(elf64().load(3 * PAGE, Arrays.copyOf(page, 1000), 2 * PAGE + 7))) {
            byte[] expected = Arrays.copyOf(Arrays.copyOf(page, 1000), PAGE);
            assertThat(page(dump, 3)).isEqualTo(expected);
            assertThat(dump.memory().state(4)).isEqualTo(PageState.EXCLUDED);
            assertThat(dump.memory().state(5)).isEqualTo(PageState.EXCLUDED);
        }
    }

    @Test
    void segmentWithoutPhysicalAddressIsListedButHoldsNoMemory() throws IOException {
        try (Dump dump = open(
                elf64().load(0xffff_c900_0000_0000L, -1, new byte[PAGE], PAGE).load(0, PagePattern.of(0, PAGE)))) {
            assertThat(dump.memory().segments())
                    .extracting(PhysicalSegment::hasPhysicalAddress)
                    .containsExactly(false, true);
            assertThat(dump.memory().endPfn()).isEqualTo(1);
        }
    }

    /// `/proc/vmcore` answers EIO for a page of memory that is broken, and gives nothing of a read that touches one.
    @Test
    void pageThatTheInputRefusesIsLostAndItsNeighboursAreNot() throws IOException {
        byte[] file = elf64().load(PAGE, ElfContractTest.pages(1, 9)).build();
        int data = file.length - 8 * PAGE;
        RefusingSource source = new RefusingSource(file, new long[] {data + 2 * PAGE, data + 7 * PAGE + 100});
        try (Dump dump = Dumps.open(source, warnings::add)) {
            PageState[] states = new PageState[8];
            ByteBuffer target = ByteBuffer.allocate(8 * PAGE);
            dump.memory().readPages(1, 8, target, states);
            for (int i = 0; i < 8; i++) {
                boolean refused = i == 2 || i == 7;
                assertThat(states[i]).as("frame %d", i + 1).isEqualTo(refused ? PageState.LOST : PageState.STORED);
                byte[] expected = refused ? new byte[PAGE] : PagePattern.of(i + 1, PAGE);
                assertThat(target.slice(i * PAGE, PAGE)).isEqualTo(ByteBuffer.wrap(expected));
            }
            assertThat(warnings)
                    .containsExactly(
                            "refusing: page frame 0x3 is lost: refusing: Input/output error",
                            "refusing: page frame 0x8 is lost: refusing: Input/output error");
        }
    }

    @Test
    void readAcrossARefusedPageIsAFaultThatNamesIt() throws IOException {
        byte[] file = elf64().load(PAGE, ElfContractTest.pages(1, 9)).build();
        RefusingSource source = new RefusingSource(file, file.length - 5 * PAGE);
        try (Dump dump = Dumps.open(source, warnings::add)) {
            assertThatThrownBy(() -> dump.memory().read(PAGE + 16, ByteBuffer.allocate(5 * PAGE)))
                    .isInstanceOfSatisfying(MemoryFault.class, fault -> {
                        assertThat(fault.state()).isEqualTo(PageState.LOST);
                        assertThat(fault.address()).isEqualTo(4 * PAGE);
                    });
            ByteBuffer behind = ByteBuffer.allocate(PAGE);
            dump.memory().read(5 * PAGE, behind);
            assertThat(behind.array()).isEqualTo(PagePattern.of(5, PAGE));
        }
    }

    /// `/proc/kcore` says that it is as large as the address space, and places segments by virtual address.
    @Test
    void sourceOfUnknownSizeIsRead() throws IOException {
        byte[] file = elf64().load(0xffff_c900_0000_0000L, -1, new byte[0], 1L << 45)
                .load(0, PagePattern.of(0, PAGE))
                .cutLoad(4 * PAGE, new byte[0], PAGE)
                .build();
        try (Dump dump = Dumps.open(new EndlessSource(file), warnings::add)) {
            assertThat(page(dump, 0)).isEqualTo(PagePattern.of(0, PAGE));
            PageState[] states = new PageState[2];
            dump.memory().readPages(4, 2, ByteBuffer.allocate(2 * PAGE), states);
            assertThat(states).containsExactly(PageState.LOST, PageState.ABSENT);
        }
    }

    @Test
    void incompleteFileSaysSo() throws IOException {
        ElfCoreBuilder builder = elf64().flags(1)
                .load(0, PagePattern.of(0, PAGE))
                .nullHeaders(3)
                .cutLoad(4 * PAGE, Arrays.copyOf(PagePattern.of(4, PAGE), 1000), 4 * PAGE);
        try (Dump dump = open(builder)) {
            assertThat(dump.completeness().remarks()).hasSize(2);
            assertThat(dump.completeness().remarks().getFirst()).isEqualTo("its writer marked it as incomplete");
            assertThat(dump.completeness().remarks().getLast()).endsWith("15,384 bytes of its segments are missing");
            assertThat(dump.memory().state(4)).isEqualTo(PageState.LOST);
            assertThat(dump.memory().state(7)).isEqualTo(PageState.LOST);
            assertThat(page(dump, 0)).isEqualTo(PagePattern.of(0, PAGE));
        }
    }

    @Test
    void otherElfFilesAreRefusedByWhatTheyAre() {
        assertThatThrownBy(() -> open(elf64().type(2)))
                .isInstanceOf(DumpException.class)
                .hasMessage("vmcore: is an ELF file of type 2 (a program, perhaps the vmlinux that belongs to a dump),"
                        + " not a core dump (type 4)");
    }

    @Test
    void brokenFieldsAreNamed() {
        assertBroken(4, 7, "vmcore: the ELF identification's EI_CLASS (byte 4) is 7, expected 1 or 2");
        assertBroken(5, 0, "vmcore: the ELF identification's EI_DATA (byte 5) is 0, expected 1 or 2");
        assertBroken(54, 8, "vmcore: the ELF header's e_phentsize (byte 54) is 8, expected 56");
        assertBroken(57, 0x70, "vmcore: the ELF header gives 28674 program headers at byte 64, but the file ends at");
    }

    private void assertBroken(int at, int value, String message) {
        byte[] file =
                elf64().note("CORE", 1, new byte[8]).load(0, new byte[PAGE]).build();
        file[at] = (byte) value;
        assertThatThrownBy(() -> Dumps.open(new MemorySource("vmcore", file), warnings::add))
                .isInstanceOf(DumpException.class)
                .hasMessageStartingWith(message);
    }

    @Test
    void impossibleSegmentIsLeftOutAndTold() throws IOException {
        ElfCoreBuilder builder = elf64().load(0, 1L << 60, new byte[PAGE], PAGE).load(0, PagePattern.of(0, PAGE));
        try (Dump dump = open(builder)) {
            assertThat(page(dump, 0)).isEqualTo(PagePattern.of(0, PAGE));
            assertThat(dump.completeness().complete()).isFalse();
            assertThat(warnings).singleElement().asString().contains("program header 0 is damaged");
        }
    }

    @Test
    void damagedNoteEndsTheNotes() throws IOException {
        byte[] file = elf64().note("CORE", 1, new byte[8])
                .note("VMCOREINFO", 0, VMCOREINFO)
                .endNotes()
                .load(0, new byte[PAGE])
                .build();
        int second = 64 + 2 * 56 + 12 + 8 + 8;
        ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).putInt(second + 4, 1 << 30);
        try (Dump dump = Dumps.open(new MemorySource("vmcore", file), warnings::add)) {
            assertThat(dump.notes()).hasSize(1);
            assertThat(warnings).singleElement().asString().contains("the note at byte " + second + " is damaged");
        }
    }

    @Test
    void everyTruncationIsToldOrLeavesLostPages() {
        Damage.cutEverywhere(sample(), 700);
    }

    @Test
    void damagedBitsOnlyEverFailAsDocumented() {
        Damage.flipBits(sample(), 600, 4000, 1);
        Damage.flipBits(sample(), 64, 1000, 2);
    }

    private static byte[] sample() {
        return elf64().note("CORE", 1, new byte[16])
                .note("VMCOREINFO", 0, VMCOREINFO)
                .extendedNumbering()
                .load(PAGE, ElfContractTest.pages(1, 4), 6 * PAGE)
                .load(2 * PAGE, ElfContractTest.pages(2, 3))
                .load(8 * PAGE + 100, new byte[50])
                .build();
    }

    private static byte[] page(Dump dump, long pfn) throws IOException {
        ByteBuffer page = ByteBuffer.allocate(PAGE);
        dump.memory().read(pfn * PAGE, page);
        return page.array();
    }
}
