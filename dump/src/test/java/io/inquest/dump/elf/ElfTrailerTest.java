package io.inquest.dump.elf;

import static org.assertj.core.api.Assertions.assertThat;

import io.inquest.dump.Dump;
import io.inquest.dump.Dumps;
import io.inquest.dump.NoteArea;
import io.inquest.dump.PageState;
import io.inquest.dump.Salvage;
import io.inquest.dump.Warnings;
import io.inquest.dump.io.MemorySink;
import io.inquest.dump.io.MemorySource;
import io.inquest.dump.salvage.FrameEvidence;
import io.inquest.dump.salvage.SalvageReport;
import io.inquest.dump.trailer.TrailerNote;
import io.inquest.dump.trailer.TrailerWriter;
import io.inquest.dump.verify.Finding;
import io.inquest.dump.verify.Verdict;
import io.inquest.dump.verify.Verification;
import io.inquest.dump.verify.Verifier;
import io.inquest.testkit.ElfCoreBuilder;
import io.inquest.testkit.PagePattern;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// ELF cores that Inquest wrote: their trailer tells what the damaged headers do not.
final class ElfTrailerTest {

    private static final int PAGE_BYTES = 4096;
    private static final int SEGMENTS = 5;
    private static final int SEGMENT_PAGES = 4;
    private static final int HEADERS = 64;
    private static final int HEADER_BYTES = 56;

    private byte[] core = new byte[0];

    @BeforeEach
    void write() throws IOException {
        ElfCoreBuilder builder = ElfCoreBuilder.elf64(ByteOrder.LITTLE_ENDIAN)
                .note("VMCOREINFO", 0, "OSRELEASE=6.1.0\nPAGESIZE=4096\n".getBytes(StandardCharsets.US_ASCII));
        FrameSelection all = window -> {
            for (int segment = 0; segment < SEGMENTS; segment++) {
                window.setRange(firstPfn(segment), firstPfn(segment) + SEGMENT_PAGES);
            }
        };
        for (int segment = 0; segment < SEGMENTS; segment++) {
            byte[] pages = PagePattern.of(firstPfn(segment), SEGMENT_PAGES * PAGE_BYTES);
            builder.load(firstPfn(segment) * PAGE_BYTES, pages, pages.length);
        }
        byte[] input = builder.build();
        MemorySink sink = new MemorySink();
        TrailerWriter trailer = new TrailerWriter();
        trailer.classes().add(0, firstPfn(SEGMENTS));
        try (Dump dump = Dumps.open(new MemorySource("in", input), Warnings.NONE)) {
            NoteArea notes = NoteArea.of(dump.notes(), ByteOrder.LITTLE_ENDIAN).plus(TrailerNote.note());
            ElfLayout layout = ElfLayout.like(new MemorySource("in", input), dump.machine(), notes);
            ElfWriter writer = ElfWriter.create(sink, layout, all, trailer);
            writer.copy(dump.memory(), pages -> {});
            writer.finish();
        }
        core = sink.contents();
    }

    private static long firstPfn(int segment) {
        return 16L + 32L * segment;
    }

    private static Verification verify(byte[] file) throws IOException {
        return Verifier.verify(new MemorySource("core", file), (done, total) -> {});
    }

    private static SalvageReport salvage(byte[] file, MemorySink sink) throws IOException {
        try (Salvage salvage = Salvage.of(List.of(new MemorySource("core", file)), FrameEvidence.NONE, false)) {
            salvage.writeTo(sink, pages -> {});
            return salvage.report();
        }
    }

    @Test
    void wholeCoreIsWhole() throws IOException {
        assertThat(verify(core).verdict()).isEqualTo(Verdict.WHOLE);
        assertThat(verify(core).findings()).isEmpty();
    }

    /// Of the notes, and of three of five segments.
    @Test
    void segmentsWhoseHeadersAreZerosAreLostAndCounted() throws IOException {
        Arrays.fill(core, HEADERS, HEADERS + 4 * HEADER_BYTES, (byte) 0);

        Verification found = verify(core);
        assertThat(found.verdict()).isEqualTo(Verdict.DAMAGED);
        assertThat(found.completeness().complete()).isFalse();
        assertThat(found.pages().readable()).isEqualTo(2 * SEGMENT_PAGES);
        assertThat(found.pages().lost()).isEqualTo(3 * SEGMENT_PAGES);
        assertThat(found.pages().firstLost()).isEqualTo(-1);
        assertThat(found.findings())
                .extracting(Finding::reason)
                .anyMatch(reason -> reason.startsWith("12 pages in no segment"))
                .anyMatch(reason -> reason.contains("notes are lost"))
                .anyMatch(reason -> reason.contains("does not have the checksum"));

        SalvageReport report = salvage(core, new MemorySink());
        assertThat(report.kept()).isEqualTo(2 * SEGMENT_PAGES);
        assertThat(report.lost()).isEqualTo(3 * SEGMENT_PAGES);
        assertThat(report.losses())
                .anyMatch(loss -> loss.startsWith("12 pages in no segment"))
                .anyMatch(loss -> loss.startsWith("the checksum of the program headers"));
    }

    /// A header of which the beginning is zeros: its segment ends where the next begins, and is not the ELF header.
    @Test
    void segmentThatWouldBeginInTheElfHeaderIsThatBeforeTheNext() throws IOException {
        Arrays.fill(core, HEADERS, HEADERS + 3 * HEADER_BYTES + 24, (byte) 0);
        MemorySink saved = new MemorySink();
        assertThat(salvage(core, saved).kept()).isEqualTo(3 * SEGMENT_PAGES);
        ByteBuffer page = ByteBuffer.allocate(SEGMENT_PAGES * PAGE_BYTES);
        try (Dump dump = Dumps.open(saved.source(), Warnings.NONE)) {
            dump.memory().readPages(firstPfn(2), SEGMENT_PAGES, page, new PageState[SEGMENT_PAGES]);
        }
        assertThat(page.array()).isEqualTo(PagePattern.of(firstPfn(2), SEGMENT_PAGES * PAGE_BYTES));
    }

    @Test
    void notesThatAreZerosAreMissed() throws IOException {
        int notes = HEADERS + (SEGMENTS + 1) * HEADER_BYTES;
        Arrays.fill(core, notes, notes + 80, (byte) 0);
        Verification found = verify(core);
        assertThat(found.verdict()).isEqualTo(Verdict.DAMAGED);
        assertThat(found.pages().readable()).isEqualTo(SEGMENTS * SEGMENT_PAGES);
        assertThat(salvage(core, new MemorySink()).losses())
                .anyMatch(loss -> loss.startsWith("the checksum of the program headers"));
    }

    @Test
    void coreOnADiskIsWholeAndKeepsItsTrailer() throws IOException {
        Verification found = verify(Arrays.copyOf(core, core.length + 100_000));
        assertThat(found.verdict()).isEqualTo(Verdict.WHOLE);
        assertThat(found.pages().unchecked()).isZero();
        assertThat(found.findings())
                .singleElement()
                .satisfies(finding -> assertThat(finding.kind()).isEqualTo(Finding.Kind.REMARK));
        SalvageReport report = salvage(Arrays.copyOf(core, core.length + 100_000), new MemorySink());
        assertThat(report.losses()).isEmpty();
        assertThat(report.repairs()).isEmpty();
        assertThat(report.unchecked()).isZero();
    }
}
