package io.inquest.dump.flattened;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inquest.dump.Dump;
import io.inquest.dump.Dumps;
import io.inquest.dump.MemoryFault;
import io.inquest.dump.PageState;
import io.inquest.dump.Warnings;
import io.inquest.dump.io.MemorySource;
import io.inquest.dump.verify.Verdict;
import io.inquest.dump.verify.Verification;
import io.inquest.dump.verify.Verifier;
import io.inquest.testkit.Allocation;
import io.inquest.testkit.ElfCoreBuilder;
import io.inquest.testkit.FlattenedBuilder;
import io.inquest.testkit.KdumpBuilder;
import io.inquest.testkit.PagePattern;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Flattened streams of which a record is not where it belongs: what it leaves behind is a hole, and nobody takes the
/// zeros there for what the dump holds; nor does what it lies upon go unseen.
final class HolesTest {

    private static final int PAGE = 4096;
    private static final int SUB_HEADER = PAGE;
    private static final int BITMAP_2 = 3;
    private static final int DESCRIPTORS = 4;
    private static final long FAR = 1L << 50;

    private static final byte[] KDUMP = KdumpBuilder.version(6)
            .vmcoreinfo("OSRELEASE=6.1.0\n")
            .page(3)
            .zeroPage(4)
            .zlibPage(9)
            .page(40)
            .page(41)
            .build();

    private final List<String> warnings = new ArrayList<>();

    /// The file in records of a block each, of which one says another place.
    private static byte[] moved(byte[] file, int block, long offset) {
        byte[] stream = new FlattenedBuilder().file(file, PAGE).build();
        ByteBuffer.wrap(stream).putLong(StartHeader.BYTES + block * (16 + PAGE), offset);
        return stream;
    }

    private Dump open(byte[] stream) throws IOException {
        return Dumps.open(new MemorySource("flat", stream), warnings::add);
    }

    private static Verification verify(byte[] stream) throws IOException {
        return Verifier.verify(new MemorySource("flat", stream), (done, total) -> {});
    }

    private static void assertMissing(byte[] stream, String reason) throws IOException {
        Verification found = verify(stream);
        assertThat(found.verdict()).isEqualTo(Verdict.INCOMPLETE);
        assertThat(found.findings())
                .anySatisfy(finding -> assertThat(finding.reason()).contains(reason));
    }

    @Test
    void pagesInAHoleAreLost() throws IOException {
        // Its first block has the descriptors, the page of zeros and the first page follow.
        byte[] stream = moved(KDUMP, DESCRIPTORS + 2, FAR);
        try (Dump dump = open(stream)) {
            assertThat(dump.memory().state(3)).isEqualTo(PageState.LOST);
            assertThat(dump.memory().state(4)).isEqualTo(PageState.ZERO);
            assertThat(dump.memory().state(41)).isEqualTo(PageState.STORED);
            assertThatThrownBy(() -> dump.memory().read(3 * PAGE, ByteBuffer.allocate(8)))
                    .isInstanceOf(MemoryFault.class);
        }
        assertMissing(stream, "pages or their descriptors are in no record of the flattened stream");
    }

    @Test
    void descriptorsInAHoleAreLost() throws IOException {
        byte[] stream = moved(KDUMP, DESCRIPTORS, FAR);
        try (Dump dump = open(stream)) {
            assertThat(dump.memory().state(40)).isEqualTo(PageState.LOST);
        }
        assertMissing(stream, "pages or their descriptors are in no record of the flattened stream");
    }

    /// Its first byte is in a hole, and with a zero there it would lead to other bytes.
    @Test
    void descriptorThatIsThereInPartIsLost() throws IOException {
        int place = DESCRIPTORS * PAGE + 3 * 24;
        byte[] stream = new FlattenedBuilder()
                .record(0, Arrays.copyOf(KDUMP, place))
                .record(place + 1, Arrays.copyOfRange(KDUMP, place + 1, KDUMP.length))
                .build();
        try (Dump dump = open(stream)) {
            assertThat(dump.memory().state(40)).isEqualTo(PageState.LOST);
            assertThat(dump.memory().state(41)).isEqualTo(PageState.STORED);
        }
    }

    @Test
    void framesBehindAHoleInTheirBitmapAreLost() throws IOException {
        byte[] stream = moved(KDUMP, BITMAP_2, FAR);
        try (Dump dump = open(stream)) {
            assertThat(dump.memory().state(1)).isEqualTo(PageState.LOST);
            assertThat(dump.memory().state(3)).isEqualTo(PageState.LOST);
            assertThat(dump.completeness().remarks())
                    .anyMatch(remark -> remark.startsWith("a part of bitmap 2 is in no record"));
        }
        assertMissing(stream, "a part of bitmap 2 is in no record");
        assertMissing(moved(KDUMP, BITMAP_2 - 1, FAR), "a part of bitmap 1 is in no record");
    }

    @Test
    void segmentsInAHoleAreLost() throws IOException {
        byte[] core = ElfCoreBuilder.elf64(ByteOrder.LITTLE_ENDIAN)
                .note("VMCOREINFO", 0, "OSRELEASE=6.1.0\n".getBytes(StandardCharsets.US_ASCII))
                .load(0, PagePattern.of(3, 10 * PAGE))
                .build();
        byte[] stream = moved(core, 4, FAR);
        try (Dump dump = open(stream)) {
            PageState[] states = new PageState[10];
            ByteBuffer pages = ByteBuffer.allocate(10 * PAGE);
            dump.memory().readPages(0, 10, pages, states);
            byte[] expected = PagePattern.of(3, 10 * PAGE);
            int lost = 0;
            for (int pfn = 0; pfn < 10; pfn++) {
                assertThat(dump.memory().state(pfn)).isEqualTo(states[pfn]);
                lost += states[pfn] == PageState.LOST ? 1 : 0;
                if (states[pfn] == PageState.STORED) {
                    assertThat(ByteBuffer.wrap(pages.array(), pfn * PAGE, PAGE))
                            .isEqualTo(ByteBuffer.wrap(expected, pfn * PAGE, PAGE));
                }
            }
            assertThat(lost).as("one block that is not aligned to pages").isEqualTo(2);
            assertThatThrownBy(() -> dump.memory().read(0, ByteBuffer.allocate(10 * PAGE)))
                    .isInstanceOf(MemoryFault.class);
            assertThat(dump.completeness().complete()).isFalse();
        }
        assertMissing(stream, "of a segment from 0x3 on are in no record");
    }

    @Test
    void programHeadersInAHoleAreTold() throws IOException {
        byte[] core = ElfCoreBuilder.elf64(ByteOrder.LITTLE_ENDIAN)
                .load(0, PagePattern.of(3, PAGE))
                .build();
        byte[] stream = new FlattenedBuilder()
                .record(0, Arrays.copyOf(core, 64))
                .record(PAGE, new byte[PAGE])
                .build();
        assertMissing(stream, "the program headers are in no record");
    }

    @Test
    void recordOnTheBytesOfAnotherIsDamage() throws IOException {
        for (long target : new long[] {DESCRIPTORS * PAGE + 3L * PAGE + 100, BITMAP_2 * PAGE - 50L}) {
            Verification found = verify(moved(KDUMP, DESCRIPTORS + 2, target));
            assertThat(found.verdict()).isEqualTo(Verdict.DAMAGED);
            assertThat(found.findings())
                    .anySatisfy(finding -> assertThat(finding.reason())
                            .startsWith("two records of the flattened stream have different bytes"));
        }
    }

    /// Nobody can tell which of two records belongs there, so neither is believed.
    @Test
    void pagesOfWhichTwoRecordsSayDifferentThingsAreLost() throws IOException {
        // The record lies on the page of frame 41, and its own place is a hole in those of 3, 9 and 40.
        byte[] stream = moved(KDUMP, DESCRIPTORS + 2, DESCRIPTORS * PAGE + 4L * PAGE + 100);
        for (boolean first : new boolean[] {false, true}) {
            byte[] either = first ? behindItsHeaders(stream, DESCRIPTORS + 2) : stream;
            warnings.clear();
            try (Dump dump = open(either)) {
                PageState[] states = new PageState[42];
                ByteBuffer pages = ByteBuffer.allocate(42 * PAGE);
                dump.memory().readPages(0, 42, pages, states);
                assertThat(states[41]).isEqualTo(PageState.LOST);
                for (int pfn : new int[] {3, 9, 40}) {
                    boolean right = Arrays.equals(
                            Arrays.copyOfRange(pages.array(), pfn * PAGE, (pfn + 1) * PAGE), PagePattern.of(pfn, PAGE));
                    assertThat(right || states[pfn] == PageState.LOST)
                            .as("frame %d", pfn)
                            .isTrue();
                }
                assertThat(dump.completeness().complete()).isFalse();
                assertThat(warnings)
                        .singleElement()
                        .asString()
                        .contains("have different bytes for the same place of the dump");
            }
        }
    }

    /// The same stream with the record of a block right behind those of the headers.
    private static byte[] behindItsHeaders(byte[] stream, int block) {
        int record = 16 + PAGE;
        int from = StartHeader.BYTES + block * record;
        int to = StartHeader.BYTES + 2 * record;
        byte[] other = stream.clone();
        System.arraycopy(stream, to, other, to + record, from - to);
        System.arraycopy(stream, from, other, to, record);
        return other;
    }

    @Test
    void headersMayBeSentAgainAndOtherBytesAsTheyWere() throws IOException {
        byte[] stream = new FlattenedBuilder()
                .record(0, Arrays.copyOf(KDUMP, 100))
                .record(PAGE, new byte[104])
                .file(KDUMP, 3000)
                .record(DESCRIPTORS * PAGE, Arrays.copyOfRange(KDUMP, DESCRIPTORS * PAGE, DESCRIPTORS * PAGE + 500))
                .build();
        Verification found = verify(stream);
        assertThat(found.findings()).isEmpty();
        assertThat(found.verdict()).isEqualTo(Verdict.WHOLE);
        byte[] core = ElfCoreBuilder.elf64(ByteOrder.LITTLE_ENDIAN)
                .note("VMCOREINFO", 0, "OSRELEASE=6.1.0\n".getBytes(StandardCharsets.US_ASCII))
                .load(0, PagePattern.of(3, PAGE))
                .build();
        byte[] elf = new FlattenedBuilder()
                .record(64, new byte[112])
                .file(core, 3000)
                .build();
        assertThat(verify(elf).verdict()).isEqualTo(Verdict.WHOLE);
    }

    /// A record far behind the others makes room for anything that the headers may promise.
    @Test
    void holesAreNeitherReadNorCounted() throws IOException {
        byte[] file = KDUMP.clone();
        ByteBuffer fields = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        long frames = 1L << 34;
        fields.putInt(436, (int) (frames >>> 14)).putInt(440, -1).putLong(SUB_HEADER + 96, frames);
        for (int area = 32; area < 80; area += 16) {
            fields.putLong(SUB_HEADER + area, 1L << 40).putLong(SUB_HEADER + area + 8, 1L << 40);
        }
        byte[] stream = new FlattenedBuilder()
                .file(file, PAGE)
                .record(FAR, new byte[] {1})
                .build();
        long before = Allocation.ofThisThread();
        try (Dump dump = open(stream)) {
            dump.completeness();
            dump.memory().state(frames - 1);
            dump.memory().readPages(frames - 1, 1, ByteBuffer.allocate(PAGE), new PageState[1]);
        }
        assertThat(Allocation.ofThisThread() - before).isLessThan(8 << 20);
        assertThat(warnings).anyMatch(warning -> warning.contains("the vmcoreinfo (16777216 bytes at 1099511627776)"));
    }

    @Test
    void noteInAHoleIsDamaged() throws IOException {
        byte[] file = KDUMP.clone();
        ByteBuffer fields = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        long at = fields.getLong(SUB_HEADER + 48);
        fields.putLong(SUB_HEADER + 56, 1L << 30).putInt((int) at + 4, 7 << 20);
        byte[] stream = new FlattenedBuilder()
                .file(file, PAGE)
                .record(FAR, new byte[] {1})
                .build();
        long before = Allocation.ofThisThread();
        try (Dump dump = Dumps.open(new MemorySource("flat", stream), Warnings.NONE)) {
            assertThat(dump.notes()).noneMatch(note -> note.description().remaining() > 1000);
        }
        assertThat(Allocation.ofThisThread() - before).isLessThan(4 << 20);
    }
}
