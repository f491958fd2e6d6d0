package io.inquest.dump.kdump;

import static org.assertj.core.api.Assertions.assertThat;

import io.inquest.dump.Completeness;
import io.inquest.dump.Dump;
import io.inquest.dump.Dumps;
import io.inquest.dump.Salvage;
import io.inquest.dump.Warnings;
import io.inquest.dump.codec.Compression;
import io.inquest.dump.io.MemorySink;
import io.inquest.dump.io.MemorySource;
import io.inquest.dump.salvage.FrameEvidence;
import io.inquest.dump.split.SplitSet;
import io.inquest.dump.trailer.TrailerWriter;
import io.inquest.dump.verify.Finding;
import io.inquest.dump.verify.Verdict;
import io.inquest.dump.verify.Verification;
import io.inquest.dump.verify.Verifier;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/// A dump that is cut inside its trailer has all its pages: it is as good as one that never had a trailer.
final class CutTrailerTest {

    private static final String INSIDE = "inside the trailer that its notes announce";
    private static final SmallDump DUMP = SmallDump.of(Compression.ZSTD);

    private static byte[] write(SmallDump dump) throws IOException {
        MemorySink sink = new MemorySink();
        dump.write(sink, new TrailerWriter()).finish();
        return sink.contents();
    }

    private static byte[] cut(byte[] file, int bytes) {
        return Arrays.copyOf(file, file.length - bytes);
    }

    private static Dump open(byte[] file) throws IOException {
        return Dumps.open(new MemorySource("cut", file), Warnings.NONE);
    }

    private static Verification verify(byte[] file) throws IOException {
        return Verifier.verify(new MemorySource("cut", file), (done, total) -> {});
    }

    @Test
    void dumpIsCompleteWithARemark() throws IOException {
        for (int bytes : new int[] {1, 40, 64, 100}) {
            try (Dump dump = open(cut(write(DUMP), bytes))) {
                Completeness found = dump.completeness();
                assertThat(found.complete())
                        .as("without the last %d bytes", bytes)
                        .isTrue();
                assertThat(found.losses()).isEmpty();
                assertThat(found.remarks()).singleElement().asString().contains(INSIDE);
            }
        }
    }

    /// It is not what was written: whoever copies it again gets the rest.
    @Test
    void verifyCallsItIncompleteAndNoPageMissing() throws IOException {
        Verification found = verify(cut(write(DUMP), 40));
        assertThat(found.verdict()).isEqualTo(Verdict.INCOMPLETE);
        assertThat(found.completeness().complete()).isTrue();
        assertThat(found.pages().lost()).isZero();
        assertThat(found.findings())
                .singleElement()
                .satisfies(finding -> assertThat(finding.kind()).isEqualTo(Finding.Kind.DISPENSABLE));
    }

    @Test
    void whatWasMarkedAsIncompleteStaysSo() throws IOException {
        MemorySink sink = new MemorySink();
        KdumpWriter writer = DUMP.write(sink, new TrailerWriter());
        writer.keepIncompleteMark();
        writer.finish();
        try (Dump dump = open(cut(sink.contents(), 40))) {
            assertThat(dump.completeness().complete()).isFalse();
            assertThat(dump.completeness().remarks()).hasSize(2);
        }
    }

    /// As a download leaves it that reserved the space of all: who knows from where on all is zeros.
    @Test
    void zerosInItsPlaceAreNoTrailerThatWasCut() throws IOException {
        byte[] file = write(DUMP);
        int pagesEnd = file.length;
        try (Dump dump = open(file)) {
            pagesEnd = Math.toIntExact(dump.trailer().orElseThrow().offset());
        }
        Arrays.fill(file, pagesEnd, file.length, (byte) 0);
        try (Dump dump = open(file)) {
            assertThat(dump.completeness().complete()).isFalse();
            assertThat(dump.completeness().losses()).singleElement().asString().startsWith("from byte " + pagesEnd);
        }
    }

    @Test
    void partsOfASplitSetMayBeCutThere() throws IOException {
        byte[] first = cut(write(DUMP.part(0, 80)), 40);
        byte[] second = write(DUMP.part(80, 150));
        try (Dump set = SplitSet.of(List.of(open(first), open(second)), Warnings.NONE)) {
            assertThat(set.completeness().complete()).isTrue();
            assertThat(set.completeness().remarks()).singleElement().asString().contains(INSIDE);
        }
    }

    @Test
    void salvageKeepsAllPagesAndTakesTheAnnouncementBack() throws IOException {
        MemorySink sink = new MemorySink();
        MemorySource damaged = new MemorySource("cut", cut(write(DUMP), 40));
        try (Salvage salvage = Salvage.of(List.of(damaged), FrameEvidence.NONE, false)) {
            salvage.writeTo(sink, pages -> {});
            assertThat(salvage.report().lost()).isZero();
            assertThat(salvage.report().losses()).isEmpty();
            assertThat(salvage.report().repairs()).singleElement().asString().contains("announce none");
        }
        // One byte behind the last page would be a cut trailer, if the notes still announced one.
        byte[] longer = Arrays.copyOf(sink.contents(), sink.contents().length + 1);
        assertThat(verify(longer).verdict()).isEqualTo(Verdict.WHOLE);
        assertThat(verify(sink.contents()).verdict()).isEqualTo(Verdict.WHOLE);
    }
}
