package io.inquest.dump.kdump;

import static org.assertj.core.api.Assertions.assertThat;

import io.inquest.dump.Dump;
import io.inquest.dump.Dumps;
import io.inquest.dump.Warnings;
import io.inquest.dump.codec.Compression;
import io.inquest.dump.io.MemorySink;
import io.inquest.dump.io.MemorySource;
import io.inquest.dump.trailer.TrailerWriter;
import io.inquest.dump.verify.Finding;
import io.inquest.dump.verify.Verdict;
import io.inquest.dump.verify.Verification;
import io.inquest.dump.verify.Verifier;
import io.inquest.testkit.PagePattern;
import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What is behind the last page: on a disk there is more than the dump.
final class FileEndTest {

    private static final int MORE = 100_000;
    private static final SmallDump DUMP = SmallDump.of(Compression.LZO).erased("erased some\n");

    private byte[] file = new byte[0];
    private int pagesEnd;

    @BeforeEach
    void write() throws IOException {
        MemorySink sink = new MemorySink();
        DUMP.write(sink, new TrailerWriter()).finish();
        file = sink.contents();
        try (Dump dump = Dumps.open(sink.source(), Warnings.NONE)) {
            pagesEnd = Math.toIntExact(dump.trailer().orElseThrow().offset());
        }
    }

    private static Verification verify(byte[] bytes) throws IOException {
        return Verifier.verify(new MemorySource("dump", bytes), (done, total) -> {});
    }

    private static void assertRemark(Verification found, String reason) {
        assertThat(found.verdict()).isEqualTo(Verdict.WHOLE);
        assertThat(found.completeness().remarks()).isEmpty();
        assertThat(found.findings()).singleElement().satisfies(finding -> {
            assertThat(finding.kind()).isEqualTo(Finding.Kind.REMARK);
            assertThat(finding.reason()).isEqualTo(reason);
        });
    }

    @Test
    void dumpBeforeZerosIsWholeAndHasItsTrailer() throws IOException {
        Verification found = verify(Arrays.copyOf(file, file.length + MORE));
        assertRemark(found, "the dump ends at byte " + file.length + ", 100,000 bytes before the end of the file");
        assertThat(found.files().getFirst().hasChecksums()).isTrue();
        assertThat(found.pages().unchecked()).isZero();
    }

    @Test
    void dumpBeforeWhatADiskHeldIsWholeAndHasItsTrailer() throws IOException {
        byte[] longer = Arrays.copyOf(file, file.length + MORE);
        System.arraycopy(PagePattern.of(5, MORE), 0, longer, file.length, MORE);
        Verification found = verify(longer);
        assertRemark(found, "the dump ends at byte " + file.length + ", 100,000 bytes before the end of the file");
        assertThat(found.files().getFirst().hasChecksums()).isTrue();
    }

    @Test
    void dumpOfAnotherProgramBeforeZerosIsWhole() throws IOException {
        byte[] other = DUMP.expected();
        assertRemark(
                verify(Arrays.copyOf(other, other.length + MORE)),
                "the dump ends at byte " + other.length + ", 100,000 bytes before the end of the file");
    }

    /// Nothing tells it from one that another program filtered again.
    @Test
    void dumpThatIsCutWhereItsTrailerBeginsHasLostIt() throws IOException {
        Verification found = verify(Arrays.copyOf(file, pagesEnd));
        assertThat(found.verdict()).isEqualTo(Verdict.INCOMPLETE);
        assertThat(found.completeness().complete()).isTrue();
        assertThat(found.findings()).singleElement().satisfies(finding -> {
            assertThat(finding.kind()).isEqualTo(Finding.Kind.DISPENSABLE);
            assertThat(finding.reason()).contains("cut where it begins, at byte " + pagesEnd);
        });
    }

    @Test
    void notesThatAreZerosAreMissed() throws IOException {
        int notes = 2 * SmallDump.PAGE_BYTES;
        try (Dump dump = Dumps.open(new MemorySource("dump", file), Warnings.NONE)) {
            notes = (int) KdumpSubHeader.read(
                            new MemorySource("dump", file), KdumpHeader.read(new MemorySource("dump", file)))
                    .notes()
                    .offset();
            assertThat(dump.notes()).isNotEmpty();
        }
        Arrays.fill(file, notes, notes + 480, (byte) 0);
        Verification found = verify(file);
        assertThat(found.verdict()).isEqualTo(Verdict.DAMAGED);
        assertThat(found.findings()).extracting(Finding::reason).anyMatch(reason -> reason.contains("notes are lost"));
        assertThat(found.files().getFirst().hasChecksums()).isTrue();
    }
}
