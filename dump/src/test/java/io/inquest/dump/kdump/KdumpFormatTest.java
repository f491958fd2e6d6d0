package io.inquest.dump.kdump;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inquest.dump.CrashTime;
import io.inquest.dump.Damage;
import io.inquest.dump.Dump;
import io.inquest.dump.DumpException;
import io.inquest.dump.Dumps;
import io.inquest.dump.EndlessSource;
import io.inquest.dump.MemoryFault;
import io.inquest.dump.PageState;
import io.inquest.dump.PfnRange;
import io.inquest.dump.RefusingSource;
import io.inquest.dump.Warnings;
import io.inquest.dump.io.MemorySource;
import io.inquest.testkit.KdumpBuilder;
import io.inquest.testkit.KdumpBuilder.Abi;
import io.inquest.testkit.PagePattern;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

final class KdumpFormatTest {

    private static final int PAGE = 4096;
    private static final String VMCOREINFO = "OSRELEASE=6.1.0-test\nPAGESIZE=4096\n";

    private final List<String> warnings = new ArrayList<>();

    private static KdumpBuilder small(int version) {
        return KdumpBuilder.version(version)
                .zeroPage(1)
                .page(3)
                .zlibPage(4)
                .excludedPage(5)
                .zeroPage(7)
                .page(40);
    }

    private Dump open(KdumpBuilder builder) throws IOException {
        return open(builder.build());
    }

    private Dump open(byte[] file) throws IOException {
        return Dumps.open(new MemorySource("vmcore", file), warnings::add);
    }

    private static byte[] page(Dump dump, long pfn) throws IOException {
        ByteBuffer page = ByteBuffer.allocate(dump.machine().pageBytes());
        dump.memory().read(pfn << dump.machine().pageShift(), page);
        return page.array();
    }

    static Stream<Arguments> everyLayout() {
        List<Arguments> layouts = new ArrayList<>();
        for (int version = 0; version <= 6; version++) {
            for (Abi abi : List.of(Abi.LP64, Abi.I386, Abi.ILP32)) {
                layouts.add(Arguments.of(version, abi, ByteOrder.LITTLE_ENDIAN));
                layouts.add(Arguments.of(version, abi, ByteOrder.BIG_ENDIAN));
            }
        }
        return layouts.stream();
    }

    @ParameterizedTest
    @MethodSource("everyLayout")
    void everyVersionAbiAndByteOrderIsRead(int version, Abi abi, ByteOrder order) throws IOException {
        KdumpBuilder builder = KdumpBuilder.version(version)
                .abi(abi, order)
                .machine("")
                .crashTime(1_700_000_000, 999_999)
                .physBase(-18874368)
                .cpus(3)
                .level(17)
                .eraseInfo("erase foo\n")
                .note("CORE", 1, new byte[20])
                .vmcoreinfo(VMCOREINFO)
                .zeroPage(1)
                .page(3)
                .zlibPage(4)
                .excludedPage(5);
        try (Dump dump = open(builder)) {
            assertThat(dump.header().format()).isEqualTo("kdump-compressed version " + version);
            assertThat(dump.machine().order()).isEqualTo(order);
            assertThat(dump.machine().wordBytes()).isEqualTo(abi == Abi.LP64 ? 8 : 4);
            assertThat(dump.header().crashTime()).hasValue(new CrashTime(1_700_000_000, 999_999));
            assertThat(dump.header().physBase()).hasValue(-18874368);
            assertThat(dump.header().cpus()).hasValue(3);
            if (version >= 1) {
                assertThat(dump.header().dumpLevel()).hasValue(17);
            } else {
                assertThat(dump.header().dumpLevel()).isEmpty();
            }
            assertThat(dump.vmcoreinfo().isPresent()).isEqualTo(version >= 3);
            assertThat(dump.vmcoreinfo().orElse(VMCOREINFO)).isEqualTo(VMCOREINFO);
            assertThat(dump.notes()).hasSize(version < 3 ? 0 : version == 3 ? 1 : 2);
            assertThat(dump.header().eraseInfo().isPresent()).isEqualTo(version >= 5);
            assertThat(dump.header().eraseInfo().orElse("erase foo\n")).isEqualTo("erase foo\n");
            assertThat(page(dump, 3)).isEqualTo(PagePattern.of(3, PAGE));
            assertThat(page(dump, 4)).isEqualTo(PagePattern.of(4, PAGE));
            assertThat(dump.memory().state(1)).isEqualTo(PageState.ZERO);
            assertThat(dump.memory().state(5)).isEqualTo(PageState.EXCLUDED);
            assertThat(dump.completeness().complete()).isTrue();
            assertThat(warnings).isEmpty();
        }
    }

    /// Files before version 2 cannot be split.
    static Stream<Arguments> everyLayoutWithParts() {
        return everyLayout().filter(layout -> (int) layout.get()[0] >= 2);
    }

    @ParameterizedTest
    @MethodSource("everyLayoutWithParts")
    void partsOfEveryLayoutAreRead(int version, Abi abi, ByteOrder order) throws IOException {
        KdumpBuilder builder = small(version).abi(abi, order).part(4, 64);
        try (Dump dump = open(builder)) {
            assertThat(dump.header().part()).hasValue(new PfnRange(4, 64));
            assertThat(page(dump, 40)).isEqualTo(PagePattern.of(40, PAGE));
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"I386", "ILP32"})
    void headersWithA64BitTimeOf32BitWritersAreRead(Abi abi) throws IOException {
        for (ByteOrder order : List.of(ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN)) {
            try (Dump dump = open(small(6).abi(abi, order)
                    .machine("")
                    .wideTime()
                    .crashTime(5_000_000_000L, 1)
                    .vmcoreinfo(VMCOREINFO))) {
                assertThat(dump.machine().wordBytes()).isEqualTo(4);
                assertThat(dump.header().crashTime()).hasValue(new CrashTime(5_000_000_000L, 1));
                assertThat(dump.vmcoreinfo()).hasValue(VMCOREINFO);
                assertThat(page(dump, 40)).isEqualTo(PagePattern.of(40, PAGE));
            }
        }
    }

    @Test
    void sourceOfUnknownSizeIsRead() throws IOException {
        byte[] file = small(6).build();
        try (Dump dump = Dumps.open(new EndlessSource(Arrays.copyOf(file, file.length - 100)), warnings::add)) {
            assertThat(page(dump, 4)).isEqualTo(PagePattern.of(4, PAGE));
            PageState[] states = new PageState[1];
            dump.memory().readPages(40, 1, ByteBuffer.allocate(PAGE), states);
            assertThat(states).containsExactly(PageState.LOST);
        }
    }

    @Test
    void machineWithoutANameIsToldByItsRegisters() throws IOException {
        try (Dump dump = open(small(6).withoutUtsname().note("CORE", 1, new byte[336]))) {
            assertThat(dump.machine().name()).isEqualTo("x86_64");
            assertThat(dump.header().utsname().known()).isFalse();
        }
    }

    @Test
    void oneBitmapIsBoth() throws IOException {
        try (Dump dump = open(KdumpBuilder.version(1).oneBitmap().page(3).page(63))) {
            assertThat(page(dump, 63)).isEqualTo(PagePattern.of(63, PAGE));
            assertThat(dump.memory().state(4)).isEqualTo(PageState.ABSENT);
        }
    }

    @Test
    void largePagesAreRead() throws IOException {
        try (Dump dump = open(KdumpBuilder.version(6)
                .blockBytes(65536)
                .machine("aarch64")
                .page(2)
                .zlibPage(9))) {
            assertThat(dump.machine().pageBytes()).isEqualTo(65536);
            assertThat(page(dump, 9)).isEqualTo(PagePattern.of(9, 65536));
        }
    }

    @Test
    void framesFarApartAreCountedAcrossBitmapBlocks() throws IOException {
        long far = 3_000_001;
        KdumpBuilder builder = KdumpBuilder.version(6)
                .frames(far + 1)
                .page(0)
                .page(262_143)
                .page(262_144)
                .page(1_000_003);
        try (Dump dump = open(builder.page(far))) {
            for (long pfn : new long[] {far, 1_000_003, 0, 262_144, 262_143}) {
                assertThat(page(dump, pfn)).as("frame %d", pfn).isEqualTo(PagePattern.of(pfn, PAGE));
            }
        }
    }

    @Test
    void firstPageOfALevelZeroDumpIsStoredEvenIfZero() throws IOException {
        try (Dump dump =
                open(KdumpBuilder.version(6).level(0).page(2, new byte[PAGE], 0).page(3))) {
            assertThat(dump.memory().state(2)).isEqualTo(PageState.STORED);
        }
    }

    @Test
    void zeroPageOnlyInTheDataAreaIsRecognised() throws IOException {
        try (Dump dump = open(KdumpBuilder.version(6).level(1).page(2).zeroPage(3))) {
            assertThat(dump.memory().state(2)).isEqualTo(PageState.STORED);
            assertThat(dump.memory().state(3)).isEqualTo(PageState.ZERO);
            assertThat(page(dump, 3)).containsOnly(0);
        }
    }

    @Test
    void pageThatWasNeverWrittenIsLost() throws IOException {
        try (Dump dump = open(small(6).status(8).lostPage(41))) {
            assertThat(dump.memory().state(41)).isEqualTo(PageState.LOST);
            assertThat(dump.completeness().remarks())
                    .containsExactly("its writer marked it as incomplete", "pages at its end were never written");
            assertThatThrownBy(() -> page(dump, 41))
                    .isInstanceOf(MemoryFault.class)
                    .hasMessage("vmcore: page frame 0x29 is lost: the dump is incomplete or damaged there");
        }
    }

    @Test
    void cutFileKeepsThePagesThatAreThere() throws IOException {
        byte[] whole = small(6).build();
        try (Dump dump = open(Arrays.copyOf(whole, whole.length - 100))) {
            assertThat(page(dump, 4)).isEqualTo(PagePattern.of(4, PAGE));
            assertThat(dump.memory().state(40)).isEqualTo(PageState.LOST);
            assertThat(dump.completeness().remarks()).singleElement().asString().startsWith("the file ends at byte");
        }
    }

    @Test
    void damagedPageIsLostAndTold() throws IOException {
        try (Dump dump = open(small(6).page(41, new byte[] {0x78, 1, 2, 3}, 1).page(42, new byte[] {1}, 0x40))) {
            PageState[] states = new PageState[3];
            ByteBuffer target = ByteBuffer.allocate(3 * PAGE);
            dump.memory().readPages(40, 3, target, states);
            assertThat(states).containsExactly(PageState.STORED, PageState.LOST, PageState.LOST);
            assertThat(target.slice(PAGE, 2 * PAGE)).isEqualTo(ByteBuffer.allocate(2 * PAGE));
            assertThat(warnings)
                    .singleElement()
                    .asString()
                    .startsWith("vmcore: the data of page frame 0x29 is damaged");
        }
    }

    @Test
    void excludedPageIsNotReadAsZeroes() throws IOException {
        try (Dump dump = open(small(6))) {
            assertThatThrownBy(() -> page(dump, 5))
                    .isInstanceOf(MemoryFault.class)
                    .hasMessage("vmcore: page frame 0x5 was excluded by the dump filter");
        }
    }

    @Test
    void newerVersionIsReadWithAWarning() throws IOException {
        try (Dump dump = open(small(7))) {
            assertThat(page(dump, 3)).isEqualTo(PagePattern.of(3, PAGE));
            assertThat(warnings).containsExactly("vmcore: header version 7 is newer than 6; what it adds is not read");
        }
    }

    @Test
    void brokenFieldsAreNamed() {
        assertBroken(8, -1, "vmcore: the kdump-compressed header's header_version (byte 8) is -1, expected 0 to 6");
        assertBroken(428, 4095, "vmcore: the kdump-compressed header gives no block size");
        assertBroken(432, 0, "vmcore: the kdump-compressed header gives no block size");
        assertBroken(436, 0, "vmcore: the kdump-compressed header's bitmap_blocks (byte 436) is 0");
        assertBroken(PAGE + 100, 1, "vmcore: the kdump-compressed header's bitmap_blocks (byte 436) is 2, too few");
        assertBroken(PAGE + 100, -1, "vmcore: the kdump-compressed header's bitmap_blocks (byte 436) is 2, too few");
    }

    @Test
    void microsecondsThatCannotBeAreLeftOut() throws IOException {
        try (Dump dump = open(small(6).crashTime(1_700_000_000, 1_000_000))) {
            assertThat(dump.header().crashTime()).hasValue(CrashTime.ofSeconds(1_700_000_000));
        }
    }

    @Test
    void moreFramesThanAddressesHaveAreRefused() {
        byte[] file = small(6).build();
        ByteBuffer header = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        header.putInt(436, -1).putLong(PAGE + 96, (1L << 40) + 1);
        assertThatThrownBy(() -> open(file))
                .isInstanceOf(DumpException.class)
                .hasMessageStartingWith(
                        "vmcore: the kdump-compressed header's max_mapnr (byte 440) is 1099511627777 with");
    }

    /// Four plain pages and three packed ones; the first 512 descriptors and what follows them are read at once.
    private static byte[] sevenPages() {
        return KdumpBuilder.version(6)
                .level(0)
                .page(0)
                .page(1)
                .page(2)
                .page(3)
                .zlibPage(4)
                .zlibPage(5)
                .zlibPage(6)
                .build();
    }

    private static List<Integer> lostPages(Dump dump) throws IOException {
        PageState[] states = new PageState[7];
        ByteBuffer target = ByteBuffer.allocate(7 * PAGE);
        dump.memory().readPages(0, 7, target, states);
        List<Integer> lost = new ArrayList<>();
        for (int pfn = 0; pfn < 7; pfn++) {
            boolean stored = states[pfn] == PageState.STORED;
            byte[] expected = stored ? PagePattern.of(pfn, PAGE) : new byte[PAGE];
            assertThat(target.slice(pfn * PAGE, PAGE)).as("frame %d", pfn).isEqualTo(ByteBuffer.wrap(expected));
            if (!stored) {
                assertThat(states[pfn]).isEqualTo(PageState.LOST);
                lost.add(pfn);
            }
        }
        return lost;
    }

    @Test
    void pageThatTheInputRefusesIsLostAndItsNeighboursAreNot() throws IOException {
        byte[] file = sevenPages();
        long third = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).getLong(4 * PAGE + 3 * 24);
        try (Dump dump = Dumps.open(new RefusingSource(file, third + 9, file.length - 4), warnings::add)) {
            assertThat(lostPages(dump)).containsExactly(3, 6);
            assertThat(warnings)
                    .containsExactly(
                            "refusing: page frame 0x3 is lost: refusing: Input/output error",
                            "refusing: page frame 0x6 is lost: refusing: Input/output error");
            assertThatThrownBy(() -> page(dump, 3))
                    .isInstanceOfSatisfying(
                            MemoryFault.class,
                            fault -> assertThat(fault.state()).isEqualTo(PageState.LOST));
        }
    }

    @Test
    void pageWhoseDescriptorTheInputRefusesIsLostAndItsNeighboursAreNot() throws IOException {
        try (Dump dump = Dumps.open(new RefusingSource(sevenPages(), 4 * PAGE + 24), warnings::add)) {
            assertThat(lostPages(dump)).containsExactly(1);
            assertThat(warnings).singleElement().asString().contains("one of the page descriptors from byte 16384 on");
        }
    }

    /// Each bit of bitmap 2 decides which descriptor belongs to all frames behind it.
    @Test
    void bitmapWithMoreOrFewerPagesThanThereAreDescriptorsIsTold() throws IOException {
        for (int level = 0; level <= 1; level++) {
            byte[] file = small(6).level(level).build();
            try (Dump dump = open(file)) {
                assertThat(dump.completeness().complete()).isTrue();
            }
            file[3 * PAGE] ^= 0x10;
            try (Dump dump = open(file)) {
                assertThat(dump.completeness().remarks())
                        .singleElement()
                        .asString()
                        .startsWith("bitmap 2 has 4 pages, but the file has descriptors of 5");
            }
            Arrays.fill(file, 3 * PAGE, 4 * PAGE, (byte) 0);
            try (Dump dump = open(file)) {
                assertThat(dump.completeness().remarks())
                        .singleElement()
                        .asString()
                        .startsWith("bitmap 2 has 0 pages");
            }
        }
    }

    @Test
    void sizesThatDisagreeAreTold() throws IOException {
        byte[] file = small(6).build();
        Arrays.fill(file, PAGE, PAGE + 104, (byte) 0);
        try (Dump dump = open(file)) {
            assertThat(dump.completeness().remarks())
                    .containsExactly("its headers disagree on the number of page frames (64 and 0)");
        }
    }

    private void assertBroken(int at, int value, String message) {
        byte[] file = small(6).build();
        ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).putInt(at, value);
        assertThatThrownBy(() -> open(file))
                .as("byte %d", at)
                .isInstanceOf(DumpException.class)
                .hasMessageStartingWith(message);
    }

    @Test
    void impossiblePartIsRefused() {
        assertThatThrownBy(() -> open(small(6).part(9, 3)))
                .isInstanceOf(DumpException.class)
                .hasMessageContaining("start_pfn and end_pfn (byte 4176) are 0x9 and 0x3, not a range");
    }

    @Test
    void notesOutsideTheFileAreLeftOutWithAWarning() throws IOException {
        byte[] file = small(6).vmcoreinfo(VMCOREINFO).build();
        ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).putLong(PAGE + 48, 1L << 40);
        try (Dump dump = open(file)) {
            assertThat(dump.vmcoreinfo()).hasValue(VMCOREINFO);
            assertThat(warnings).singleElement().asString().contains("notes").contains("lies outside the file");
        }
    }

    @Test
    void everyTruncationIsToldOrLeavesLostPages() {
        Damage.cutEverywhere(small(6).vmcoreinfo(VMCOREINFO).build(), 600);
    }

    @Test
    void damagedBitsOnlyEverFailAsDocumented() {
        byte[] file = small(6).vmcoreinfo(VMCOREINFO).eraseInfo("erase\n").build();
        Damage.flipBits(file, 464, 2000, 1);
        Damage.flipBits(Arrays.copyOf(file, file.length), file.length, 2000, 2);
        byte[] old = small(3).abi(Abi.I386, ByteOrder.BIG_ENDIAN)
                .vmcoreinfo(VMCOREINFO)
                .build();
        Damage.flipBits(old, 464, 1000, 3);
        Damage.flipBits(small(6).part(2, 30).build(), PAGE + 104, 1000, 4);
    }

    @Test
    void warningsNeedNotBeTaken() throws IOException {
        try (Dump dump = Dumps.open(new MemorySource("vmcore", small(6).build()), Warnings.NONE)) {
            assertThat(dump.name()).isEqualTo("vmcore");
        }
    }

    @Test
    void cutFileWhoseLastPageIsZeroIsNotComplete() throws IOException {
        byte[] file = KdumpBuilder.version(6)
                .level(1)
                .frames(8)
                .page(0)
                .page(1)
                .page(2)
                .zeroPage(3)
                .zeroPage(4)
                .build();
        try (Dump whole = Dumps.open(new MemorySource("vmcore", file), Warnings.NONE);
                Dump cut = Dumps.open(
                        new MemorySource("vmcore", Arrays.copyOf(file, file.length - PAGE)), Warnings.NONE)) {
            assertThat(whole.completeness().complete()).isTrue();
            assertThat(cut.completeness().remarks()).singleElement().asString().startsWith("the file ends at byte");
        }
    }
}
