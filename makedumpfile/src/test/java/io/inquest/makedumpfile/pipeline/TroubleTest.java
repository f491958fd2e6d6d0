package io.inquest.makedumpfile.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.inquest.makedumpfile.pipeline.TroubledMachine.Pages;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Whatever goes wrong with input or output: what is written says that it is not all, and each page in it is right.
class TroubleTest {

    /// For each form and trouble; `-Dinquest.runs=50` for the long form, `-Dinquest.seed` for others.
    private static final int RUNS = Integer.getInteger("inquest.runs", 8);

    /// A file that ends before is no dump yet.
    private static final int HEADERS = 16 << 10;

    private final long seed = Long.getLong("inquest.seed", 1);
    private final Random random = new Random(seed);

    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource
    void pagesThatTheInputRefusesAreLostAndNoOthers(OutputForm form) throws IOException {
        TroubledMachine machine = new TroubledMachine(folder);
        for (int run = 0; run < RUNS; run++) {
            BitSet bad = new BitSet();
            for (int i = 0; i <= run * 5; i++) {
                bad.set(random.nextInt(TroubledMachine.PAGES));
            }
            List<String> files = form.files("refused" + run + "-");

            Outcome outcome = dump(machine, form, refusing(machine, bad), files);

            assertThat(outcome).as(how(run)).isEqualTo(Outcome.FAILED);
            Pages pages = machine.check(how(run), form, files);
            // Of an ELF core those that would be full of zeros are right by chance.
            int lost = form.isElf() ? pages.lost() : bad.cardinality();
            assertThat(pages).as(how(run)).isEqualTo(new Pages(TroubledMachine.PAGES - lost, lost, false));
            assertThat(lost).as(how(run)).isLessThanOrEqualTo(bad.cardinality());
        }
    }

    /// An input that is cut while it is read, and one that stops giving anything.
    @ParameterizedTest
    @EnumSource
    void inputThatEndsWhileItIsReadLeavesPagesThatAreRight(OutputForm form) throws IOException {
        TroubledMachine machine = new TroubledMachine(folder);
        for (int run = 0; run < RUNS; run++) {
            int left = random.nextInt(TroubledMachine.PAGES);
            AtomicInteger reads = new AtomicInteger(20 + random.nextInt(20));
            long end = machine.offsetOf(left);
            List<String> files = form.files("ended" + run + "-");

            Outcome outcome = dump(
                    machine,
                    form,
                    (offset, wanted) -> {
                        if (reads.getAndDecrement() > 0) {
                            return wanted;
                        }
                        return offset >= end ? -1 : (int) Math.min(wanted, end - offset);
                    },
                    files);

            Pages pages = machine.check(how(run), form, files);
            assertThat(pages.complete()).as(how(run)).isEqualTo(outcome == Outcome.COMPLETED);
            assertThat(pages.complete() && pages.lost() > 0).as(how(run)).isFalse();
        }
    }

    @ParameterizedTest
    @EnumSource
    void fullDiskLeavesADumpThatSaysSo(OutputForm form) throws IOException {
        TroubledMachine machine = new TroubledMachine(folder);
        List<String> whole = form.files("whole");
        assertThat(dump(machine, form, (offset, wanted) -> wanted, whole)).isEqualTo(Outcome.COMPLETED);
        long size = Files.size(folder.resolve(whole.getFirst()));
        for (int run = 0; run < RUNS; run++) {
            long limit = HEADERS + (size - HEADERS) * run / RUNS + random.nextInt((int) (size - HEADERS) / RUNS);
            List<String> files = form.files("full" + run + "-");

            Outcome outcome = dump(machine, form, (offset, wanted) -> wanted, files, "-L", String.valueOf(limit));

            String how = how(run) + ", limit " + limit + " of " + size;
            Pages pages = machine.check(how, form, files);
            assertThat(pages.complete()).as(how).isEqualTo(outcome == Outcome.COMPLETED);
            if (outcome == Outcome.COMPLETED) {
                assertThat(pages.lost()).as(how).isZero();
            }
        }
    }

    private String how(int run) {
        return "run " + run + " of seed " + seed;
    }

    private static TroubledSource.Trouble refusing(TroubledMachine machine, BitSet bad) {
        return (offset, wanted) -> {
            int first =
                    bad.nextSetBit(Math.max(0, (int) ((offset - machine.offsetOf(0)) / TroubledMachine.PAGE_BYTES)));
            if (first >= 0 && machine.offsetOf(first) < offset + wanted && offset >= machine.offsetOf(0)) {
                throw new IOException("Input/output error");
            }
            return wanted;
        };
    }

    private Outcome dump(
            TroubledMachine machine,
            OutputForm form,
            TroubledSource.Trouble trouble,
            List<String> files,
            String... more)
            throws IOException {
        try (OutputStream stdout = form.isFlattened()
                ? Files.newOutputStream(folder.resolve(files.getFirst()))
                : OutputStream.nullOutputStream()) {
            return machine.dump(form, 1 + random.nextInt(4), trouble, stdout, files, more);
        }
    }
}
