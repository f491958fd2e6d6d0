package io.inquest.makedumpfile.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.inquest.dump.PfnRange;
import io.inquest.dump.codec.Compression;
import io.inquest.dump.io.Backlog;
import io.inquest.dump.io.ByteSink;
import io.inquest.dump.io.FileSink;
import io.inquest.dump.verify.Verdict;
import io.inquest.dump.verify.Verification;
import io.inquest.dump.verify.Verifier;
import io.inquest.makedumpfile.message.Messages;
import io.inquest.makedumpfile.option.CommandLine;
import io.inquest.testkit.KeptPages;
import io.inquest.testkit.Samples;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Dumps whose batches are packed as a test wants it: all, none, in turn.
class AdaptiveOutputTest {

    private static final Backlog BUSY = new Backlog(Long.MAX_VALUE / 2, 1);
    private static final Backlog IDLE = new Backlog(0, 0);

    @TempDir
    private Path folder;

    private Path write(String name, Stream<Backlog> backlogs) throws Exception {
        String sample = Samples.unpack("6.12-d1").toString();
        Path file = folder.resolve(name);
        Messages messages = new Messages(OutputStream.nullOutputStream(), new ByteArrayOutputStream(), 0, true);
        Run run = new Run(
                CommandLine.parse(new String[] {"-z", "--adaptive", sample, file.toString()}),
                InputStream.nullInputStream(),
                OutputStream.nullOutputStream(),
                messages,
                3);
        Iterator<Backlog> told = backlogs.iterator();
        try (DumpInput input = DumpInput.open(sample, messages);
                ByteSink sink = new ToldTarget(FileSink.create(file), told)) {
            FilterResult filter = new Filter(run, input, Optional.empty()).apply(0);
            var header = OutputHeader.of(input, Optional.empty(), filter, Compression.ZSTD, messages);
            Written written = new KdumpOutput(run, input, header, filter)
                    .write(
                            List.of(sink),
                            List.of(new PfnRange(0, input.dump().memory().endPfn())));
            assertThat(written.lostPages()).isZero();
        }
        return file;
    }

    @Test
    void pagesAreThereHoweverBatchesAreStored() throws Exception {
        Path all = write("all", Stream.generate(() -> BUSY));
        Path none = write("none", Stream.generate(() -> IDLE));
        Path half = write("half", Stream.iterate(BUSY, last -> last.equals(BUSY) ? IDLE : BUSY));

        // How many are stored as they are depends on the time that packing takes here; that some are must not.
        assertThat(Files.size(none)).isGreaterThan(Files.size(all));
        assertThat(Files.size(half)).isGreaterThanOrEqualTo(Files.size(all));
        for (Path file : List.of(none, half)) {
            assertThat(KeptPages.of(file)).isEqualTo(KeptPages.of(all));
            Verification found = Verifier.verify(List.of(file), (done, total) -> {});
            assertThat(found.verdict()).as(found.toString()).isEqualTo(Verdict.WHOLE);
        }
    }
}
