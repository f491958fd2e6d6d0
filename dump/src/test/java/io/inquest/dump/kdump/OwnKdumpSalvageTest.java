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

import io.inquest.dump.Dump;
import io.inquest.dump.DumpException;
import io.inquest.dump.Dumps;
import io.inquest.dump.PageState;
import io.inquest.dump.Salvage;
import io.inquest.dump.Warnings;
import io.inquest.dump.codec.Compression;
import io.inquest.dump.io.MemorySink;
import io.inquest.dump.io.MemorySource;
import io.inquest.dump.salvage.FrameEvidence;
import io.inquest.dump.verify.Finding;
import io.inquest.dump.verify.Verdict;
import io.inquest.dump.verify.Verification;
import io.inquest.dump.verify.Verifier;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Damaged dumps of our own are saved by their checksums and recorded classes, and so are those whose bytes moved.
final class OwnKdumpSalvageTest {

    private static final int ROUNDS = 250;

    /// Any single bit before the pages is made right: of headers by their checksum, of bitmaps by the class map, of
    /// descriptors by their neighbours, which do not tell how a page is compressed.
    @Test
    void everyFlippedBitOfHeadersAndTablesCostsAPageAtMost() throws IOException {
        long seed = Long.getLong("inquest.seed", 1);
        Random random = new Random(seed);
        SmallDump dump = SmallDump.of(Compression.NONE);
        byte[] file = own(dump);
        int covered = DESCRIPTORS + 24 * (int) dump.layout().dumpablePages();
        for (int round = 0; round < ROUNDS / 5; round++) {
            int at = random.nextInt(covered);
            String how = "seed " + seed + ", byte " + at;
            byte[] damaged = file.clone();
            damaged[at] ^= (byte) (1 << random.nextInt(8));
            SavedDump saved = salvage(FrameEvidence.NONE, damaged);
            assertThat(assertRight(dump, saved, how)).as(how).isLessThanOrEqualTo(1);
        }
    }

    /// Three wrong bits in other pages can look like this one.
    @Test
    void flippedBitOfAPageCostsThePagesOfItsBlockAndNoneIsWrong() throws IOException {
        Random random = new Random(1);
        SmallDump dump = SmallDump.of(Compression.NONE);
        byte[] file = own(dump);
        int pages = DESCRIPTORS + 24 * (int) dump.layout().dumpablePages();
        for (int round = 0; round < ROUNDS / 5; round++) {
            int at = pages + random.nextInt(file.length - 2000 - pages);
            byte[] damaged = file.clone();
            damaged[at] ^= (byte) (1 << random.nextInt(8));
            SavedDump saved = salvage(FrameEvidence.NONE, damaged);
            assertThat(assertRight(dump, saved, "byte " + at)).as("byte " + at).isBetween(1L, 17L);
        }
    }

    /// All descriptors before it are zeros and so is a part of its own offset: nothing contradicts what is left of it.
    @Test
    void descriptorUnderABrokenChecksumIsNotBelievedWithoutANeighbour() throws IOException {
        SmallDump dump = SmallDump.of(Compression.NONE);
        byte[] file = own(dump);
        Arrays.fill(file, DESCRIPTORS, DESCRIPTORS + 24 * 100 + 2, (byte) 0);
        SavedDump saved = salvage(FrameEvidence.NONE, file);
        assertThat(assertRight(dump, saved, "descriptor 100")).isEqualTo(101);
        assertThat(saved.report().losses()).anyMatch(loss -> loss.contains("no neighbour agrees with"));
    }

    /// The notes are damaged as well, which says nothing against the class map.
    @Test
    void bitmap2IsMadeAgainFromTheClassesOfTheTrailer() throws IOException {
        SmallDump dump = SmallDump.of(Compression.NONE);
        byte[] file = own(dump);
        file[BITMAP_2] ^= 0x24;
        file[BITMAP_2 + 9] ^= 0x03;
        file[2 * PAGE_BYTES - 9] ^= 0x55;
        SavedDump saved = salvage(FrameEvidence.NONE, file);
        assertThat(assertRight(dump, saved, "bitmap 2")).isZero();
        assertThat(saved.report().repairs()).anyMatch(repair -> repair.startsWith("bitmap 2 was damaged"));
    }

    @Test
    void bothBitmapsAreMadeAgainFromTheClassesAndEachOther() throws IOException {
        SmallDump dump = SmallDump.of(Compression.NONE);
        byte[] file = own(dump);
        byte[] damaged = file.clone();
        damaged[BITMAP_1] ^= 0x24;
        damaged[BITMAP_1 + 7] ^= 0x41;
        damaged[BITMAP_2] ^= 0x11;
        damaged[BITMAP_2 + 9] ^= 0x03;
        SavedDump saved = salvage(FrameEvidence.NONE, damaged);
        assertThat(saved.report().losses()).isEmpty();
        assertThat(saved.file().array()).isEqualTo(file);
    }

    private static byte[] inserted(byte[] file, int at, int bytes) {
        byte[] longer = Arrays.copyOf(file, file.length + bytes);
        Arrays.fill(longer, at, at + bytes, (byte) 0x5a);
        System.arraycopy(file, at, longer, at + bytes, file.length - at);
        return longer;
    }

    private static byte[] removed(byte[] file, int at, int bytes) {
        byte[] shorter = Arrays.copyOf(file, file.length - bytes);
        System.arraycopy(file, at + bytes, shorter, at, file.length - bytes - at);
        return shorter;
    }

    /// As a transfer leaves it that was resumed at the wrong place.
    @Test
    void whatWasInsertedIntoOurOwnFileIsTakenOutAgain() throws IOException {
        byte[] file = own(SmallDump.of(Compression.NONE));
        int data = DESCRIPTORS + 24 * 104;
        for (int at :
                new int[] {0, 77, PAGE_BYTES + 9, BITMAP_2, BITMAP_2 + 5, DESCRIPTORS + 240, data, file.length / 2}) {
            for (int bytes : new int[] {1, 24, 512, PAGE_BYTES}) {
                SavedDump saved = salvage(FrameEvidence.NONE, inserted(file, at, bytes));
                assertThat(saved.file().array()).as("%d bytes at %d", bytes, at).isEqualTo(file);
                assertThat(saved.report().repairs()).anyMatch(told -> told.contains("inserted into the file"));
            }
        }
    }

    @Test
    void whatIsMissingInOurOwnFileCostsNoWrongPage() throws IOException {
        SmallDump dump = SmallDump.of(Compression.NONE);
        byte[] file = own(dump);
        for (int at = 0; at < file.length - 2 * PAGE_BYTES; at += 2311) {
            for (int bytes : new int[] {1, 24, 48, 512, PAGE_BYTES}) {
                String how = bytes + " bytes missing at " + at;
                try {
                    SavedDump saved = salvage(FrameEvidence.NONE, removed(file, at, bytes));
                    assertRight(dump, saved, how);
                    boolean isWhole = Arrays.equals(saved.file().array(), file);
                    assertThat(saved.report().losses().isEmpty()).as(how).isEqualTo(isWhole);
                    assertThat(saved.report().unchecked()).as(how).isZero();
                } catch (DumpException nothingLeft) {
                    assertThat(nothingLeft).as(how).hasMessageStartingWith("damaged");
                }
            }
        }
    }

    /// All but the pages whose descriptors the missing bytes were of: where that is, the others tell.
    @Test
    void whatIsMissingAmongTheDescriptorsCostsTheirPages() throws IOException {
        SmallDump dump = SmallDump.of(Compression.NONE);
        byte[] file = own(dump);
        int end = DESCRIPTORS + 24 * (int) dump.layout().dumpablePages();
        for (int bytes : new int[] {1, 3, 24, 48, 72, 100, 512}) {
            for (int at = DESCRIPTORS; at + bytes <= end; at += 13) {
                String how = bytes + " bytes missing at " + at;
                SavedDump saved = salvage(FrameEvidence.NONE, removed(file, at, bytes));
                assertThat(assertRight(dump, saved, how)).as(how).isLessThan(bytes / 24 + 12);
                boolean isWhole = Arrays.equals(saved.file().array(), file);
                assertThat(saved.report().losses().isEmpty()).as(how).isEqualTo(isWhole);
            }
        }
    }

    @Test
    void placeOfAShiftIsTold() throws IOException {
        byte[] file = own(SmallDump.of(Compression.NONE));
        int at = file.length / 2;
        assertThat(remarks(inserted(file, at, 512))).anyMatch(told -> told.contains("inserted at byte " + at + ";"));
        assertThat(remarks(removed(file, DESCRIPTORS + 240, 5)))
                .anyMatch(told -> told.startsWith("the bytes are missing between bytes " + (DESCRIPTORS + 216)));
    }

    private static List<String> remarks(byte[] damaged) throws IOException {
        return Verifier.verify(new MemorySource("damaged", damaged), (done, total) -> {}).findings().stream()
                .map(Finding::reason)
                .toList();
    }

    @Test
    void shiftOfOurOwnFileIsTold() throws IOException {
        byte[] file = own(SmallDump.of(Compression.NONE));
        Verification verified =
                Verifier.verify(new MemorySource("damaged", inserted(file, file.length / 2, 512)), (done, total) -> {});
        assertThat(verified.verdict()).isEqualTo(Verdict.DAMAGED);
        assertThat(verified.findings())
                .anyMatch(finding -> finding.reason().contains("512 bytes inserted into the file somewhere before"));
    }

    /// Without checksums it is found by pages that tell their frame.
    @Test
    void shiftOfAFileWithoutChecksumsCostsThePagesAtTheBreak() throws IOException {
        SmallDump dump = SmallDump.of(Compression.NONE);
        byte[] file = dump.expected();
        for (int page = 3; page < 50; page += 7) {
            int at = FIRST_PAGE + page * PAGE_BYTES + 100;
            for (byte[] damaged : List.of(inserted(file, at, 512), removed(file, at, 512))) {
                SavedDump saved = salvage(new SavedDump.Contents(dump), damaged);
                assertEachPageIsRight(dump, saved.file().array());
                assertThat(saved.report().lost()).isBetween(1L, 6L);
                assertThat(saved.report().repairs()).anyMatch(told -> told.contains("512 bytes"));
            }
        }
    }

    private static void assertEachPageIsRight(SmallDump original, byte[] saved) throws IOException {
        ByteBuffer page = ByteBuffer.allocate(PAGE_BYTES);
        PageState[] state = new PageState[1];
        try (Dump dump = Dumps.open(new MemorySource("saved", saved), Warnings.NONE)) {
            for (long pfn = 0; pfn < original.frames(); pfn++) {
                dump.memory().readPages(pfn, 1, page.clear(), state);
                if (state[0].readable()) {
                    assertThat(page.array()).as("page frame %d", pfn).isEqualTo(original.page(pfn));
                }
            }
        }
    }

    @Test
    void pagesUnderABrokenChecksumAreKeptOnlyIfAsked() throws IOException {
        SmallDump dump = SmallDump.of(Compression.NONE);
        byte[] file = own(dump);
        int at = file.length / 2;
        file[at] ^= 3;
        file[at + 900] ^= 5;
        SavedDump saved = salvage(FrameEvidence.NONE, file);
        assertThat(assertRight(dump, saved, "suspect")).isPositive();
        assertThat(saved.report().losses()).anyMatch(loss -> loss.contains("where a checksum does not hold"));
        try (Salvage salvage = Salvage.of(List.of(new MemorySource("damaged", file)), FrameEvidence.NONE, true)) {
            salvage.writeTo(new MemorySink(), pages -> {});
            assertThat(salvage.report().lost()).isZero();
            assertThat(salvage.report().unchecked()).isPositive();
        }
    }
}
