package io.inquest.dump.flattened;

import static org.assertj.core.api.Assertions.assertThat;

import io.inquest.dump.Dump;
import io.inquest.dump.DumpException;
import io.inquest.dump.Dumps;
import io.inquest.dump.PageState;
import io.inquest.dump.Salvage;
import io.inquest.dump.Warnings;
import io.inquest.dump.io.MemorySink;
import io.inquest.dump.io.MemorySource;
import io.inquest.dump.salvage.FrameEvidence;
import io.inquest.dump.salvage.SalvageReport;
import io.inquest.testkit.FlattenedBuilder;
import io.inquest.testkit.KdumpBuilder;
import io.inquest.testkit.PagePattern;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Flattened streams with damaged record headers, built by the testkit as makedumpfile sends them: descriptors and
/// pages
/// in turn.
final class StreamRepairTest {

    private static final int PAGES = 120;
    private static final int RECORD_PAGES = 10;
    private static final int ROUNDS = 200;
    private static final byte[] DUMP = dump();
    private static final byte[] STREAM = stream();

    private static byte[] dump() {
        KdumpBuilder builder =
                KdumpBuilder.version(6).level(0).frames(PAGES + 8).vmcoreinfo("OSRELEASE=6.1.0\n");
        for (long pfn = 2; pfn < PAGES; pfn++) {
            builder.zlibPage(pfn);
        }
        return builder.build();
    }

    private static long pageAt(int index) {
        return ByteBuffer.wrap(DUMP).order(java.nio.ByteOrder.LITTLE_ENDIAN).getLong(4 * 4096 + 24 * index);
    }

    private static byte[] stream() {
        FlattenedBuilder builder = new FlattenedBuilder();
        builder.record(0, Arrays.copyOf(DUMP, 4096));
        builder.record(4096, Arrays.copyOfRange(DUMP, 4096, 2 * 4096));
        builder.record(2 * 4096, Arrays.copyOfRange(DUMP, 2 * 4096, 3 * 4096));
        builder.record(3 * 4096, Arrays.copyOfRange(DUMP, 3 * 4096, 4 * 4096));
        int pages = PAGES - 2;
        for (int first = 0; first < pages; first += RECORD_PAGES) {
            int last = Math.min(pages, first + RECORD_PAGES);
            int descriptors = 4 * 4096 + 24 * first;
            builder.record(descriptors, Arrays.copyOfRange(DUMP, descriptors, 4 * 4096 + 24 * last));
            int start = (int) pageAt(first);
            int end = last == pages ? DUMP.length : (int) pageAt(last);
            builder.record(start, Arrays.copyOfRange(DUMP, start, end));
        }
        return builder.build();
    }

    /// Where the header of a record is.
    private static int record(int number) {
        int at = 4096;
        for (int i = 0; i < number; i++) {
            at += 16 + (int) ByteBuffer.wrap(STREAM).getLong(at + 8);
        }
        return at;
    }

    private static SalvageReport salvage(byte[] stream, String how) throws IOException {
        try (Salvage salvage = Salvage.of(List.of(new MemorySource("stream", stream)), FrameEvidence.NONE, false)) {
            MemorySink sink = new MemorySink();
            salvage.writeTo(sink, pages -> {});
            assertRight(sink.contents(), how);
            return salvage.report();
        }
    }

    private static void assertRight(byte[] saved, String how) throws IOException {
        ByteBuffer page = ByteBuffer.allocate(4096);
        PageState[] state = new PageState[1];
        try (Dump dump = Dumps.open(new MemorySource("saved", saved), Warnings.NONE)) {
            for (long pfn = 0; pfn < PAGES; pfn++) {
                dump.memory().readPages(pfn, 1, page.clear(), state);
                if (state[0].readable()) {
                    assertThat(Arrays.equals(page.array(), PagePattern.of(pfn, 4096)))
                            .as("%s: page frame %d is right", how, pfn)
                            .isTrue();
                }
            }
        }
    }

    @Test
    void wholeStreamIsWhole() throws IOException {
        SalvageReport report = salvage(STREAM, "whole");
        assertThat(report.lost()).isZero();
        assertThat(report.repairs()).isEmpty();
    }

    @Test
    void wrongOffsetIsPutRightByTheRecordsAroundIt() throws IOException {
        for (int number : new int[] {8, 9, 12, 13}) {
            byte[] stream = STREAM.clone();
            stream[record(number) + 5] ^= 0x10;
            SalvageReport report = salvage(stream, "record " + number);
            assertThat(report.lost()).as("record %d", number).isZero();
            assertThat(report.repairs()).as("record %d", number).isNotEmpty();
        }
    }

    @Test
    void wrongSizeIsPutRightByTheRecordsAroundIt() throws IOException {
        for (int number : new int[] {8, 9, 12, 13}) {
            for (int bit : new int[] {1, 5, 8}) {
                byte[] stream = STREAM.clone();
                stream[record(number) + 15 - bit / 8] ^= (byte) (1 << (bit % 8));
                SalvageReport report = salvage(stream, "record " + number + ", bit " + bit);
                assertThat(report.lost()).as("record %d, bit %d", number, bit).isZero();
            }
        }
    }

    @Test
    void junkInsteadOfAHeaderCostsAtMostItsRecord() throws IOException {
        byte[] stream = STREAM.clone();
        Arrays.fill(stream, record(13), record(13) + 16, (byte) 0xc3);
        SalvageReport report = salvage(stream, "junk");
        assertThat(report.lost()).isLessThanOrEqualTo(RECORD_PAGES);
    }

    /// Numbers in pages look like headers: two of them, of which the last would have all the rest of the stream.
    @Test
    void whatOnlyLooksLikeRecordsDoesNotSwallowTheStream() throws IOException {
        byte[] stream = STREAM.clone();
        Arrays.fill(stream, record(13), record(13) + 16, (byte) 0xc3);
        ByteBuffer.wrap(stream)
                .position(record(13) + 40)
                .putLong(0)
                .putLong(8)
                .putLong(7)
                .putLong(1)
                .putLong(1 << 29);
        SalvageReport report = salvage(stream, "like headers");
        assertThat(report.lost()).isLessThanOrEqualTo(RECORD_PAGES);
    }

    @Test
    void streamThatLostARecordIsSavedWithoutIt() throws IOException {
        byte[] stream = new byte[record(14) - record(13)];
        byte[] without = new byte[STREAM.length - stream.length];
        System.arraycopy(STREAM, 0, without, 0, record(13));
        System.arraycopy(STREAM, record(14), without, record(13), STREAM.length - record(14));
        SalvageReport report = salvage(without, "without a record");
        assertThat(report.lost()).isEqualTo(RECORD_PAGES);
        assertThat(report.losses()).anyMatch(loss -> loss.contains("in a part of the file that is lost"));
    }

    /// As a download that reserved its space leaves it: what is behind is searched once, not from each place on.
    @Test
    @Timeout(120)
    void zerosToTheEndAreSearchedOnce() throws IOException {
        byte[] stream = Arrays.copyOf(STREAM, STREAM.length + (16 << 20));
        Arrays.fill(stream, record(13), STREAM.length, (byte) 0);
        SalvageReport report = salvage(stream, "half downloaded");
        assertThat(report.lost()).isBetween(1L, (long) PAGES);
    }

    @Test
    void randomDamageNeverGivesAWrongPage() throws IOException {
        long seed = Long.getLong("inquest.seed", 1);
        Random random = new Random(seed);
        for (int round = 0; round < ROUNDS; round++) {
            byte[] stream = STREAM.clone();
            int at = random.nextInt(stream.length);
            int kind = random.nextInt(3);
            String how = "seed " + seed + ", round " + round + ", kind " + kind + " at " + at;
            if (kind == 0) {
                stream = Arrays.copyOf(stream, at);
            } else if (kind == 1) {
                int number = random.nextInt(26);
                stream[record(number) + random.nextInt(16)] ^= (byte) (1 << random.nextInt(8));
                how += ", record " + number;
            } else {
                stream[at] ^= (byte) (1 << random.nextInt(8));
            }
            try {
                salvage(stream, how);
            } catch (DumpException nothingLeft) {
                assertThat(nothingLeft.getMessage()).as(how).startsWith("stream");
            } catch (IOException | RuntimeException defect) {
                throw new AssertionError(how, defect);
            }
        }
    }
}
