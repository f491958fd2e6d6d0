package io.inquest.makedumpfile.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The output has the same bytes whatever the number of threads and whoever of them is held up.
class SameBytesTest {

    /// For each form; `-Dinquest.runs=50` for the long form, `-Dinquest.seed` for others.
    private static final int RUNS = Integer.getInteger("inquest.runs", 8);

    private static final long SEED = Long.getLong("inquest.seed", 1);

    /// Which thread is held up when is another thing each time, whatever the seed.
    private static final Random NOISE = new Random(SEED);

    private static final int MOST_THREADS = 16;
    private static final long LONGEST_WAIT_NANOS = 200_000;

    @TempDir
    private Path folder;

    /// Some reads wait, some hardly, some give less than was asked for.
    private static int noise(int wanted) {
        switch (NOISE.nextInt(8)) {
            case 0 -> LockSupport.parkNanos(NOISE.nextLong(LONGEST_WAIT_NANOS));
            case 1, 2 -> LockSupport.parkNanos(1);
            case 3 -> {
                return 1 + NOISE.nextInt(wanted);
            }
            default -> {}
        }
        return wanted;
    }

    @ParameterizedTest
    @EnumSource
    void anyNumberOfThreadsGivesTheSameBytes(OutputForm form) throws IOException {
        TroubledMachine machine = new TroubledMachine(folder);
        List<String> quiet = form.files("quiet");
        write(machine, form, 1, (offset, wanted) -> wanted, quiet);
        Random random = new Random(SEED);

        for (int run = 0; run < RUNS; run++) {
            int threads = 1 + random.nextInt(MOST_THREADS);
            List<String> noisy = form.files("noisy");
            write(machine, form, threads, (offset, wanted) -> noise(wanted), noisy);

            for (int i = 0; i < quiet.size(); i++) {
                Path written = folder.resolve(noisy.get(i));
                assertThat(Files.mismatch(folder.resolve(quiet.get(i)), written))
                        .as("first byte that differs, run %d of seed %d with %d threads", run, SEED, threads)
                        .isEqualTo(-1);
                Files.delete(written);
            }
        }
    }

    private void write(
            TroubledMachine machine, OutputForm form, int threads, TroubledSource.Trouble trouble, List<String> files)
            throws IOException {
        try (OutputStream stdout = form.isFlattened()
                ? Files.newOutputStream(folder.resolve(files.getFirst()))
                : OutputStream.nullOutputStream()) {
            Outcome outcome = machine.dump(form, threads, trouble, stdout, files);
            assertThat(outcome).isEqualTo(Outcome.COMPLETED);
        }
    }
}
