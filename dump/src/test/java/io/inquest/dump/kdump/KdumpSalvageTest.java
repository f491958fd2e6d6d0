package io.inquest.dump.kdump;

import static io.inquest.dump.kdump.SavedDump.BITMAP_1;
import static io.inquest.dump.kdump.SavedDump.BITMAP_2;
import static io.inquest.dump.kdump.SavedDump.DESCRIPTORS;
import static io.inquest.dump.kdump.SavedDump.FIRST_PAGE;
import static io.inquest.dump.kdump.SavedDump.assertRight;
import static io.inquest.dump.kdump.SavedDump.own;
import static io.inquest.dump.kdump.SavedDump.salvage;
import static io.inquest.dump.kdump.SmallDump.PAGE_BYTES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inquest.dump.Dump;
import io.inquest.dump.DumpException;
import io.inquest.dump.Dumps;
import io.inquest.dump.Salvage;
import io.inquest.dump.Warnings;
import io.inquest.dump.codec.Compression;
import io.inquest.dump.io.MemorySink;
import io.inquest.dump.io.MemorySource;
import io.inquest.dump.salvage.FrameEvidence;
import io.inquest.dump.verify.Verdict;
import io.inquest.dump.verify.Verifier;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Damaged kdump-compressed files are saved, and what is saved is right: every page is compared with what was written.
final class KdumpSalvageTest {

    private static final int ROUNDS = 250;

    /// Built by the testkit; zlib ends with a checksum, so that no wrong page can pass.
    private static final SmallDump FOREIGN = SmallDump.of(Compression.ZLIB);

    private static ByteBuffer fields(byte[] file) {
        return ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    }

    @Test
    void wholeFileStaysAsItIs() throws IOException {
        byte[] plain = FOREIGN.expected();
        assertThat(salvage(FrameEvidence.NONE, plain).file().array()).isEqualTo(plain);
        byte[] own = own(SmallDump.of(Compression.ZSTD));
        assertThat(salvage(FrameEvidence.NONE, own).file().array()).isEqualTo(own);
    }

    @Test
    void cutFileKeepsWhatIsThere() throws IOException {
        byte[] file = FOREIGN.expected();
        SavedDump saved = salvage(FrameEvidence.NONE, Arrays.copyOf(file, file.length * 3 / 4));
        long lost = assertRight(FOREIGN, saved, "cut");
        assertThat(lost).isEqualTo(saved.report().lost()).isBetween(1L, 60L);
        assertThat(saved.report().losses()).anyMatch(loss -> loss.contains("behind the end of the file"));
    }

    @Test
    void cutAnywhereNothingWrongIsSaved() throws IOException {
        byte[] file = FOREIGN.expected();
        for (int length = 0; length < file.length; length += 211) {
            try {
                assertRight(FOREIGN, salvage(FrameEvidence.NONE, Arrays.copyOf(file, length)), "cut at " + length);
            } catch (DumpException nothingLeft) {
                assertThat(length).isLessThan(FIRST_PAGE + PAGE_BYTES);
            }
        }
    }

    /// A salvage of nothing is none: not even if the tables no longer promise a page.
    @Test
    void dumpOfWhichNothingIsLeftIsRefused() throws IOException {
        byte[] noBitmap2 = FOREIGN.expected();
        Arrays.fill(noBitmap2, BITMAP_2, DESCRIPTORS, (byte) 0);
        assertThatThrownBy(() -> salvage(FrameEvidence.NONE, noBitmap2))
                .isInstanceOf(DumpException.class)
                .hasMessageContaining("damaged: bitmap 2 has 0 pages and the file descriptors of 103 pages");
        byte[] noTables = FOREIGN.expected();
        Arrays.fill(noTables, BITMAP_1, FIRST_PAGE, (byte) 0);
        assertThatThrownBy(() -> salvage(new SavedDump.Contents(FOREIGN), noTables))
                .isInstanceOf(DumpException.class)
                .hasMessageContaining("damaged: no page of it can be saved");
        byte[] noPages = Arrays.copyOf(FOREIGN.expected(), FIRST_PAGE - PAGE_BYTES);
        assertThatThrownBy(() -> salvage(FrameEvidence.NONE, noPages))
                .isInstanceOf(DumpException.class)
                .hasMessageContaining("damaged: no page of it can be saved: ")
                .hasMessageContaining("behind the end of the file");
    }

    /// Descriptors are found at a block that is not their first; what the main header says fits together.
    @Test
    void numberOfFramesIsNotTakenFromAnEmptyBitmapIfTheMainHeaderHasIt() throws IOException {
        SmallDump large = FOREIGN.frames(3000);
        byte[] file = large.expected();
        Arrays.fill(file, PAGE_BYTES, DESCRIPTORS + 2 * PAGE_BYTES, (byte) 0);
        try {
            assertThat(salvage(FrameEvidence.NONE, file).report().repairs()).noneMatch(told -> told.contains("is 1"));
        } catch (DumpException nothingLeft) {
            assertThat(nothingLeft).hasMessageContaining("damaged: no page of it can be saved");
        }
    }

    @Test
    void notesThatAreGoneAreLost() throws IOException {
        byte[] file = FOREIGN.expected();
        Arrays.fill(file, PAGE_BYTES, BITMAP_1, (byte) 0);
        SavedDump saved = salvage(FrameEvidence.NONE, file);
        assertThat(assertRight(FOREIGN, saved, "notes")).isZero();
        assertThat(saved.report().losses()).singleElement().asString().contains("vmcoreinfo");
        byte[] oneLess = FOREIGN.expected();
        int vmcoreinfo = new String(oneLess, java.nio.charset.StandardCharsets.ISO_8859_1).indexOf("VMCOREINFO");
        Arrays.fill(oneLess, vmcoreinfo - 12, vmcoreinfo + 30, (byte) 0);
        assertThat(salvage(FrameEvidence.NONE, oneLess).report().losses())
                .anyMatch(loss -> loss.contains("bytes of notes only the first"));
    }

    @Test
    void paddingBehindTheLastPageCostsNoPage() throws IOException {
        SmallDump dump = SmallDump.of(Compression.NONE).frames(133);
        byte[] file = dump.expected();
        Arrays.fill(file, file.length - 16, file.length, (byte) 0);
        SavedDump saved = salvage(FrameEvidence.NONE, Arrays.copyOf(file, file.length + 100_000));
        assertThat(saved.report().losses()).isEmpty();
        assertThat(saved.report().lost()).isZero();
    }

    /// Bytes are missing or too many, and no page tells where: raw pages would be wrong from there on.
    @Test
    void pagesThatNothingTellsToBeInPlaceAreLeftOut() throws IOException {
        SmallDump dump = SmallDump.of(Compression.NONE);
        byte[] file = dump.expected();
        byte[] inserted = new byte[file.length + 512];
        int at = FIRST_PAGE + 5 * PAGE_BYTES;
        System.arraycopy(file, 0, inserted, 0, at);
        System.arraycopy(file, at, inserted, at + 512, file.length - at);
        for (byte[] damaged : new byte[][] {inserted, Arrays.copyOf(file, file.length - 100)}) {
            assertThatThrownBy(() -> salvage(FrameEvidence.NONE, damaged))
                    .isInstanceOf(DumpException.class)
                    .hasMessageContaining("where nothing tells that they are in place");
            try (Salvage salvage =
                    Salvage.of(List.of(new MemorySource("damaged", damaged)), FrameEvidence.NONE, true)) {
                salvage.writeTo(new MemorySink(), pages -> {});
                assertThat(salvage.report().lost()).isLessThan(2);
            }
        }
    }

    @Test
    void mainHeaderIsFoundAgainFromTheTables() throws IOException {
        byte[] file = FOREIGN.expected();
        Arrays.fill(file, 424, 464, (byte) 0xa7);
        SavedDump saved = salvage(FrameEvidence.NONE, file);
        assertThat(assertRight(FOREIGN, saved, "main header")).isZero();
        assertThat(saved.report().repairs()).anyMatch(repair -> repair.contains("were found from its tables"));
    }

    @Test
    void subHeaderIsFoundAgainFromTheTables() throws IOException {
        byte[] file = FOREIGN.expected();
        Arrays.fill(file, PAGE_BYTES, PAGE_BYTES + 104, (byte) 0);
        SavedDump saved = salvage(FrameEvidence.NONE, file);
        assertThat(assertRight(FOREIGN, saved, "sub header")).isZero();
        try (Dump dump = Dumps.open(new MemorySource("saved", saved.file().array()), Warnings.NONE)) {
            assertThat(dump.vmcoreinfo().orElse("")).contains("OSRELEASE=6.1.0-test");
        }
    }

    @Test
    void wrongSignatureIsForgiven() throws IOException {
        byte[] file = FOREIGN.expected();
        file[1] ^= 4;
        assertThat(assertRight(FOREIGN, salvage(FrameEvidence.NONE, file), "signature"))
                .isZero();
    }

    /// The tables tell what it is, and all but the kernel's name.
    @Test
    void dumpWithoutItsBeginIsFoundByItsTables() throws IOException {
        for (int bytes : new int[] {10, 512, PAGE_BYTES}) {
            for (byte filled : new byte[] {0, 0x55}) {
                byte[] file = FOREIGN.expected();
                Arrays.fill(file, 0, bytes, filled);
                String how = bytes + " bytes " + filled;
                SavedDump saved = salvage(FrameEvidence.NONE, file);
                assertThat(assertRight(FOREIGN, saved, how)).as(how).isZero();
                boolean hasNoName = filled == 0 && bytes > 402;
                assertThat(saved.report().losses().isEmpty()).as(how).isEqualTo(!hasNoName);
                SmallDump own = SmallDump.of(Compression.NONE);
                byte[] ours = own(own);
                Arrays.fill(ours, 0, bytes, filled);
                assertThat(assertRight(own, salvage(FrameEvidence.NONE, ours), how))
                        .as(how)
                        .isZero();
            }
        }
        assertThatThrownBy(() -> salvage(FrameEvidence.NONE, new byte[100_000]))
                .isInstanceOf(DumpException.class)
                .hasMessageContaining("there is nothing to go by");
    }

    @Test
    void wrongBitInBitmap2IsFoundByTheContentsOfPages() throws IOException {
        for (int pfn = 0; pfn < FOREIGN.frames(); pfn++) {
            byte[] file = FOREIGN.expected();
            file[BITMAP_2 + (pfn >>> 3)] ^= (byte) (1 << (pfn & 7));
            SavedDump saved = salvage(new SavedDump.Contents(FOREIGN), file);
            assertThat(assertRight(FOREIGN, saved, "bit of frame " + pfn)).isLessThan(12);
        }
    }

    /// Between pages that tell their frame are so many descriptors, bits that are left, and frames of memory.
    @Test
    void lostBitsOfBitmap2AreMadeAgainByTheContentsOfPages() throws IOException {
        int bytes = (int) (FOREIGN.frames() + 7) / 8;
        for (int from = 0; from < bytes; from++) {
            for (int to = from + 1; to <= bytes; to++) {
                byte[] file = FOREIGN.expected();
                Arrays.fill(file, BITMAP_2 + from, BITMAP_2 + to, (byte) 0);
                String how = "bytes " + from + " to " + to + " of bitmap 2";
                SavedDump saved = salvage(new SavedDump.Contents(FOREIGN), file);
                long lost = assertRight(FOREIGN, saved, how);
                assertThat(saved.report().lost()).as(how).isEqualTo(lost);
                assertThat(lost).as(how).isLessThan((to - from) * 5L);
                assertThat(saved.report().kept() + lost)
                        .as(how)
                        .isEqualTo(FOREIGN.layout().dumpablePages());
            }
        }
    }

    @Test
    void withoutEvidenceNoPageIsGivenToAFrameThatItMayNotBeOf() {
        byte[] file = FOREIGN.expected();
        file[BITMAP_2] ^= 1;
        assertThatThrownBy(() -> salvage(FrameEvidence.NONE, file))
                .isInstanceOf(DumpException.class)
                .hasMessageContaining("which page belongs to which frame cannot be told");
    }

    @Test
    void frameThatIsNoMemoryIsTakenOutOfBitmap2() throws IOException {
        byte[] file = FOREIGN.expected();
        file[BITMAP_2] ^= 1 << 4;
        SavedDump saved = salvage(FrameEvidence.NONE, file);
        assertThat(assertRight(FOREIGN, saved, "stranger")).isZero();
    }

    @Test
    void descriptorIsPutRightByItsNeighbours() throws IOException {
        byte[] file = FOREIGN.expected();
        int at = DESCRIPTORS + 24 * 7;
        fields(file).putLong(at, fields(file).getLong(at) ^ 0x40);
        SavedDump saved = salvage(FrameEvidence.NONE, file);
        assertThat(assertRight(FOREIGN, saved, "offset")).isZero();
        assertThat(saved.report().repairs()).singleElement().asString().contains("but its neighbours leave byte");
    }

    /// Its neighbours tell where its page is and how large, and those before how it is compressed.
    @Test
    void emptyDescriptorBetweenTwoRightOnesIsMadeAgain() throws IOException {
        for (Compression compression : new Compression[] {Compression.ZLIB, Compression.ZSTD, Compression.NONE}) {
            SmallDump dump = SmallDump.of(compression);
            byte[] whole = own(dump);
            byte[] file = whole.clone();
            // Neighbours of the shared page of zeros are no neighbours; this one has a page of its own.
            int at = DESCRIPTORS + 24 * 7;
            assertThat(fields(file).getLong(at)).isGreaterThan(FIRST_PAGE);
            Arrays.fill(file, at, at + 24, (byte) 0);
            SavedDump saved = salvage(FrameEvidence.NONE, file);
            assertThat(assertRight(dump, saved, compression.name())).isZero();
            assertThat(saved.report().repairs()).anyMatch(told -> told.contains("is empty, but its neighbours leave"));
        }
    }

    /// The page of zeros that many share is known by its place, not by the first descriptor.
    @Test
    void firstDescriptorCostsNoPageButItsOwn() throws IOException {
        for (Compression compression : new Compression[] {Compression.ZLIB, Compression.NONE}) {
            SmallDump dump = SmallDump.of(compression);
            MemorySink sink = new MemorySink();
            dump.write(sink, null).finish();
            // A page further is the page of zeros, which any descriptor may share.
            for (int bit = 0; bit < 12; bit++) {
                byte[] file = sink.contents();
                file[DESCRIPTORS + bit / 8] ^= (byte) (1 << bit % 8);
                String how = compression + ", bit " + bit;
                assertThat(Verifier.verify(new MemorySource("damaged", file), (done, total) -> {})
                                .verdict())
                        .as(how)
                        .isNotEqualTo(Verdict.WHOLE);
                SavedDump saved = salvage(FrameEvidence.NONE, file);
                assertThat(assertRight(dump, saved, how)).as(how).isLessThan(2);
            }
            byte[] file = sink.contents();
            Arrays.fill(file, DESCRIPTORS, DESCRIPTORS + 24, (byte) 0);
            assertThat(assertRight(dump, salvage(FrameEvidence.NONE, file), "no first descriptor"))
                    .isLessThan(2);
        }
    }

    @Test
    void descriptorsThatWereNeverWrittenOrLeadBehindTheEndAreLost() throws IOException {
        byte[] file = FOREIGN.expected();
        Arrays.fill(file, DESCRIPTORS + 24 * 3, DESCRIPTORS + 24 * 4, (byte) 0);
        int last = DESCRIPTORS + 24 * (int) (FOREIGN.layout().dumpablePages() - 1);
        for (int at = last - 24 * 5; at <= last; at += 24) {
            if (fields(file).getInt(at + 12) != 0) {
                fields(file).putLong(at, fields(file).getLong(at) + (1L << 32));
            }
        }
        SavedDump saved = salvage(FrameEvidence.NONE, file);
        assertThat(assertRight(FOREIGN, saved, "D12, D14")).isBetween(2L, 7L);
    }

    @Test
    void missingPartOfASplitSetIsNamedAndTheOthersAreSaved() throws IOException {
        byte[] first = FOREIGN.part(0, 40).expected();
        byte[] third = FOREIGN.part(100, 150).expected();
        SavedDump saved = salvage(FrameEvidence.NONE, third, first);
        long lost = assertRight(FOREIGN, saved, "split");
        long missing = 0;
        for (long pfn = 40; pfn < 100; pfn++) {
            missing += FOREIGN.isStored(pfn) ? 1 : 0;
        }
        assertThat(lost).isEqualTo(missing);
        assertThat(saved.report().losses()).anyMatch(loss -> loss.contains("a part of the split set that is missing"));
    }

    /// It was made of a dump that was not whole: that all its own pages are there does not make it so.
    @Test
    void dumpThatSaysItIsIncompleteStaysSo() throws IOException {
        byte[] file = FOREIGN.expected();
        int status = 424;
        fields(file).putInt(status, fields(file).getInt(status) | KdumpHeader.STATUS_INCOMPLETE);
        SavedDump saved = salvage(FrameEvidence.NONE, file);
        assertThat(saved.report().lost()).isZero();
        try (Dump dump = Dumps.open(new MemorySource("saved", saved.file().array()), Warnings.NONE)) {
            assertThat(dump.completeness().complete()).isFalse();
        }
    }

    @Test
    void partThatIsCutAnywhereCostsNoPageOfTheOthers() throws IOException {
        byte[] first = FOREIGN.part(0, 40).expected();
        byte[] second = FOREIGN.part(40, 150).expected();
        long inFirst = 0;
        for (long pfn = 0; pfn < 40; pfn++) {
            inFirst += FOREIGN.isStored(pfn) ? 1 : 0;
        }
        for (int end = 2 * PAGE_BYTES; end < first.length; end += 1024) {
            SavedDump saved = salvage(FrameEvidence.NONE, Arrays.copyOf(first, end), second);
            assertThat(assertRight(FOREIGN, saved, "cut at " + end)).isLessThanOrEqualTo(inFirst);
        }
    }

    @Test
    void wholeSplitSetBecomesTheFileThatWasNotSplit() throws IOException {
        SavedDump saved = salvage(
                FrameEvidence.NONE,
                FOREIGN.part(0, 40).expected(),
                FOREIGN.part(40, 150).expected());
        assertThat(saved.file().array()).isEqualTo(FOREIGN.expected());
    }

    /// Whatever is damaged: it ends, with a sentence or with a dump that verifies and in which every page is right.
    @Test
    void randomDamageNeverGivesAWrongPage() throws IOException {
        long seed = Long.getLong("inquest.seed", 1);
        Random random = new Random(seed);
        SmallDump[] dumps = {FOREIGN, SmallDump.of(Compression.NONE), SmallDump.of(Compression.ZLIB)};
        for (int round = 0; round < ROUNDS; round++) {
            int which = round % dumps.length;
            byte[] file = which == 0 ? dumps[which].expected() : own(dumps[which]);
            StringBuilder how = new StringBuilder("seed " + seed + ", round " + round + ", dump " + which + ":");
            byte[] damaged = damage(file, random, how);
            try {
                assertRight(dumps[which], salvage(new SavedDump.Contents(dumps[which]), damaged), how.toString());
            } catch (DumpException nothingLeft) {
                assertThat(nothingLeft.getMessage()).as(how.toString()).startsWith("damaged");
            } catch (IOException | RuntimeException defect) {
                throw new AssertionError(how.toString(), defect);
            }
        }
    }

    private static byte[] damage(byte[] file, Random random, StringBuilder how) {
        byte[] damaged = file.clone();
        int at = random.nextInt(file.length);
        switch (random.nextInt(4)) {
            case 0 -> {
                how.append(" cut at ").append(at);
                damaged = Arrays.copyOf(file, at);
            }
            case 1 -> {
                int end = Math.min(file.length, at + random.nextInt(2 * PAGE_BYTES));
                how.append(" zeros from ").append(at).append(" to ").append(end);
                Arrays.fill(damaged, at, end, (byte) 0);
            }
            case 2 -> {
                int end = Math.min(file.length, at + 1 + random.nextInt(64));
                how.append(" junk from ").append(at).append(" to ").append(end);
                for (int i = at; i < end; i++) {
                    damaged[i] = (byte) random.nextInt(256);
                }
            }
            default -> {
                for (int i = random.nextInt(3); i >= 0; i--) {
                    int place = random.nextInt(random.nextBoolean() ? file.length : DESCRIPTORS + 3000);
                    how.append(" flipped ").append(place);
                    damaged[place] ^= (byte) (1 << random.nextInt(8));
                }
            }
        }
        return damaged;
    }
}
