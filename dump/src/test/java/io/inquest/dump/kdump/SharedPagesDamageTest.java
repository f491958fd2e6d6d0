package io.inquest.dump.kdump;

import static org.assertj.core.api.Assertions.assertThat;

import io.inquest.dump.Dump;
import io.inquest.dump.Dumps;
import io.inquest.dump.PageState;
import io.inquest.dump.Salvage;
import io.inquest.dump.Warnings;
import io.inquest.dump.codec.Compression;
import io.inquest.dump.io.MemorySink;
import io.inquest.dump.io.MemorySource;
import io.inquest.dump.salvage.FrameEvidence;
import io.inquest.dump.salvage.SalvageReport;
import io.inquest.dump.trailer.TrailerWriter;
import io.inquest.dump.verify.Finding;
import io.inquest.dump.verify.Verdict;
import io.inquest.dump.verify.Verification;
import io.inquest.dump.verify.Verifier;
import io.inquest.testkit.FlattenedBuilder;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Dumps in which equal pages share their bytes, here all those that are full of zeros, and of which something is
/// damaged. The last page is one of them.
final class SharedPagesDamageTest {

    private static final int PAGE_BYTES = SmallDump.PAGE_BYTES;
    private static final int DESCRIPTORS = 4 * PAGE_BYTES;

    private static SmallDump dump(Compression compression) {
        return SmallDump.of(compression).level(30).frames(144);
    }

    private static Verification verify(byte[] file) throws IOException {
        return Verifier.verify(new MemorySource("dump", file), (done, total) -> {});
    }

    private static boolean isComplete(byte[] file) throws IOException {
        try (Dump dump = Dumps.open(new MemorySource("dump", file), Warnings.NONE)) {
            return dump.completeness().complete();
        }
    }

    private record Saved(MemorySink sink, SalvageReport report) {

        byte[] file() {
            return sink.contents();
        }
    }

    private static Saved salvage(byte[] file) throws IOException {
        try (Salvage salvage = Salvage.of(List.of(new MemorySource("damaged", file)), FrameEvidence.NONE, false)) {
            MemorySink sink = new MemorySink();
            salvage.writeTo(sink, pages -> {});
            return new Saved(sink, salvage.report());
        }
    }

    /// Answers how many pages are lost; none may be wrong.
    private static int lost(SmallDump original, byte[] file, String how) throws IOException {
        int lost = 0;
        ByteBuffer page = ByteBuffer.allocate(PAGE_BYTES);
        PageState[] state = new PageState[1];
        try (Dump dump = Dumps.open(new MemorySource("saved", file), Warnings.NONE)) {
            for (long pfn = 0; pfn < original.frames(); pfn++) {
                dump.memory().readPages(pfn, 1, page.clear(), state);
                if (state[0].readable()) {
                    assertThat(Arrays.equals(page.array(), original.page(pfn)))
                            .as("%s: page frame %d is right", how, pfn)
                            .isTrue();
                }
                lost += original.isStored(pfn) && !state[0].readable() ? 1 : 0;
            }
        }
        return lost;
    }

    private static ByteBuffer fields(byte[] file) {
        return ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    }

    @ParameterizedTest
    @EnumSource
    void wholeFileIsWholeWithATrailerAndWithout(Compression compression) throws IOException {
        for (byte[] file : List.of(
                dump(compression).shared(new TrailerWriter()), dump(compression).shared(null))) {
            assertThat(verify(file).findings()).isEmpty();
            assertThat(verify(file).verdict()).isEqualTo(Verdict.WHOLE);
            assertThat(isComplete(file)).isTrue();
        }
    }

    @Test
    void cutAnywhereItIsToldToBeIncomplete() throws IOException {
        int pagesEnd = dump(Compression.LZO).shared(null).length;
        for (TrailerWriter trailer : new TrailerWriter[] {null, new TrailerWriter()}) {
            byte[] file = dump(Compression.LZO).shared(trailer);
            for (int length = DESCRIPTORS; length < file.length; length += 97) {
                assertThat(isComplete(Arrays.copyOf(file, length)))
                        .as("cut at %d of %d", length, file.length)
                        .isEqualTo(length >= pagesEnd);
            }
            assertThat(isComplete(Arrays.copyOf(file, pagesEnd - 1))).isFalse();
        }
    }

    @Test
    void cutCostsEachPageOnce() throws IOException {
        byte[] file = dump(Compression.LZO).shared(null);
        for (int length = file.length / 2; length < file.length; length += 499) {
            Verification found = verify(Arrays.copyOf(file, length));
            long told = found.findings().stream().mapToLong(Finding::pages).sum();
            assertThat(told)
                    .as("cut at %d of %d", length, file.length)
                    .isEqualTo(found.pages().missing());
            assertThat(found.findings()).noneMatch(finding -> finding.reason().contains("flattened"));
        }
    }

    @Test
    void cutInsideTheTrailerCostsNothingButTheTrailer() throws IOException {
        byte[] file = dump(Compression.LZO).shared(new TrailerWriter());
        Verification found = verify(Arrays.copyOf(file, file.length - 10));
        assertThat(found.verdict()).isEqualTo(Verdict.INCOMPLETE);
        assertThat(found.pages().missing()).isZero();
        assertThat(found.findings())
                .singleElement()
                .satisfies(
                        finding -> assertThat(finding.reason()).contains("inside the trailer that its notes announce"));
    }

    /// As makedumpfile leaves a dump that it filters again: with our note, and without a byte of the trailer.
    @Test
    void fileThatEndsWithItsLastPageHasLostWhatItsNotesAnnounceAndNothingElse() throws IOException {
        byte[] file = dump(Compression.LZO).shared(new TrailerWriter());
        int end = dump(Compression.LZO).shared(null).length;
        Verification found = verify(Arrays.copyOf(file, end));
        assertThat(found.completeness().complete()).isTrue();
        assertThat(found.findings()).extracting(Finding::kind).containsExactly(Finding.Kind.DISPENSABLE);
    }

    /// Without its trailer nothing is checked but zlib.
    @ParameterizedTest
    @EnumSource
    void salvageGoesOnToShare(Compression compression) throws IOException {
        SmallDump dump = dump(compression);
        for (byte[] file : List.of(dump.shared(new TrailerWriter()), dump.shared(null))) {
            Saved saved = salvage(file);
            assertThat(saved.report().lost()).isZero();
            assertThat(saved.file()).isEqualTo(file);
        }
    }

    @ParameterizedTest
    @EnumSource
    void salvageOfACutFileGoesOnToShare(Compression compression) throws IOException {
        SmallDump dump = dump(compression);
        byte[] file = dump.shared(new TrailerWriter());
        int end = dump.shared(null).length;
        byte[] cut = Arrays.copyOf(file, end - 100);
        Saved saved = salvage(cut);
        assertThat(lost(dump, saved.file(), "cut")).isEqualTo(1).isEqualTo((int)
                saved.report().lost());
        assertThat(verify(saved.file()).verdict()).isEqualTo(Verdict.INCOMPLETE);
    }

    /// The first page that the others share is lost, and its bytes are there.
    @Test
    void pageWhoseFirstDescriptorIsLostIsFoundByThoseThatShareIt() throws IOException {
        SmallDump dump = dump(Compression.LZO);
        byte[] file = dump.shared(null);
        int third = DESCRIPTORS + 24 * 2;
        Arrays.fill(file, third, third + 24, (byte) 0);
        Saved saved = salvage(file);
        assertThat(lost(dump, saved.file(), "no descriptor"))
                .as(saved.report().toString())
                .isEqualTo(1);
        assertThat(saved.file().length).isEqualTo(file.length);
    }

    /// Of raw pages many a wrong bit in an offset leads to the begin of another page.
    @Test
    void pageThatLeadsToAnotherIsPutRightByTheRoomThatItLeaves() throws IOException {
        byte[] whole = dump(Compression.NONE).shared(null);
        byte[] file = whole.clone();
        // That of page frame 13, which no page shares and no sharing one is beside.
        fields(file).putLong(DESCRIPTORS + 24 * 10, fields(file).getLong(DESCRIPTORS));
        assertThat(verify(file).verdict()).isEqualTo(Verdict.DAMAGED);
        Saved saved = salvage(file);
        assertThat(saved.report().repairs())
                .as(verify(file).findings().toString())
                .singleElement()
                .asString()
                .contains("but its neighbours leave byte");
        assertThat(saved.file()).isEqualTo(whole);
    }

    /// A descriptor has its place and lost its flags, or all; the next one that shares a page leads nowhere now.
    @Test
    void roomOfALostDescriptorIsNotGivenToAnother() throws IOException {
        SmallDump dump = dump(Compression.NONE);
        byte[] file = dump.shared(null);
        int lost = DESCRIPTORS + 24 * 10;
        int sharing = lost;
        while (fields(file).getLong(sharing) >= fields(file).getLong(lost)) {
            sharing += 24;
        }
        for (boolean emptied : new boolean[] {true, false}) {
            byte[] damaged = file.clone();
            if (emptied) {
                Arrays.fill(damaged, lost, lost + 24, (byte) 0);
            } else {
                fields(damaged).putInt(lost + 12, 0x7700_0000);
            }
            fields(damaged).putLong(sharing, 52577);
            assertThat(lost(dump, salvage(damaged).file(), "room")).isEqualTo(2);
        }
    }

    /// The room of the lost pages is no sign that one of the descriptors beside them is wrong.
    @ParameterizedTest
    @EnumSource
    void lostRecordOfDescriptorsBlamesNoOther(Compression compression) throws IOException {
        byte[] file = dump(compression).shared(null);
        int pages = (int) dump(compression).layout().dumpablePages();
        for (int first = 1; first < pages - 1; first += 3) {
            for (int lost = 1; lost < 20; lost += 3) {
                int from = DESCRIPTORS + 24 * first;
                int to = DESCRIPTORS + 24 * Math.min(first + lost, pages);
                byte[] stream = new FlattenedBuilder()
                        .record(0, Arrays.copyOf(file, from))
                        .record(to, Arrays.copyOfRange(file, to, file.length))
                        .build();
                Verification found = verify(stream);
                assertThat(found.verdict())
                        .as("descriptors from %d on, %d of them: %s", first, lost, found.findings())
                        .isEqualTo(Verdict.INCOMPLETE);
            }
        }
    }

    /// But for a page that shares another one's bytes and now shares those of a third: nothing contradicts that.
    @Test
    void wrongDescriptorNeverGivesAWrongPage() throws IOException {
        for (Compression compression : Compression.values()) {
            SmallDump dump = dump(compression);
            byte[] whole = dump.shared(null);
            long end = 0;
            for (int index = 1; index < dump.layout().dumpablePages() - 3; index++) {
                int place = DESCRIPTORS + 24 * index;
                boolean shares = fields(whole).getLong(place) < end;
                end = Math.max(end, fields(whole).getLong(place) + fields(whole).getInt(place + 8));
                for (int bit = 0; !shares && bit < 24; bit++) {
                    byte[] file = whole.clone();
                    fields(file).putLong(place, fields(file).getLong(place) ^ 1L << bit);
                    String how = compression + ", descriptor " + index + ", bit " + bit;
                    assertThat(verify(file).verdict()).as(how).isNotEqualTo(Verdict.WHOLE);
                    assertThat(lost(dump, salvage(file).file(), how)).as(how).isLessThan(5);
                }
            }
        }
    }
}
