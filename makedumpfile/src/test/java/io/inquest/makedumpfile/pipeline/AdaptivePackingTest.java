package io.inquest.makedumpfile.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.inquest.makedumpfile.pipeline.SimulatedPipeline.How;
import io.inquest.makedumpfile.pipeline.SimulatedPipeline.Machine;
import io.inquest.makedumpfile.pipeline.SimulatedPipeline.Target;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The policy on machines whose clock is computed: 2 GiB of memory each, of kinds that pack in different
/// ways.
class AdaptivePackingTest {

    private static final double MOST = 1.05;
    private static final int BATCHES = 4000;
    private static final double READ_NANOS = 150_000;
    private static final double COPY_NANOS_PER_BYTE = 0.4;

    private static final int[] MEGABYTES_PER_SECOND = {20, 50, 100, 200, 300, 500, 700, 1000, 1400, 2000};

    /// Of 512 KiB: about what LZO, zstd and zlib take.
    private static final int[] PACK_MICROS = {600, 1800, 3600};

    private static final int PIPE_BYTES = 64 << 10;

    /// What packing leaves of a batch.
    private enum Memory {
        EVEN,
        PACKS_BADLY,
        DOES_NOT_PACK,
        REGIONS,
        ANY,
        HALF_EMPTY;

        double[] shares() {
            Random random = new Random(1);
            double[] shares = new double[BATCHES];
            Arrays.setAll(shares, i -> switch (this) {
                case EVEN -> 0.4;
                case PACKS_BADLY -> 0.8;
                case DOES_NOT_PACK -> 1;
                case REGIONS -> i / 100 % 3 == 0 ? 1 : 0.25;
                case ANY -> 0.05 + 0.95 * random.nextDouble() * random.nextDouble();
                case HALF_EMPTY -> i / 50 % 2 == 0 ? 0.02 : 0.5;
            });
            return shares;
        }
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "2, 1", "2, 2", "4, 4", "16, 16"})
    void neitherSlowerThanPackingNothingNorThanPackingAll(int processors, int workers) {
        for (int micros : PACK_MICROS) {
            Machine machine = new Machine(processors, workers, READ_NANOS, micros * 1e3, COPY_NANOS_PER_BYTE);
            for (int speed : MEGABYTES_PER_SECOND) {
                for (Memory memory : Memory.values()) {
                    check(machine, Target.pipe(speed * 1e6, PIPE_BYTES), memory);
                    check(machine, Target.disk(speed * 1e6, forceNanos(speed)), memory);
                }
            }
        }
    }

    /// About what a disk that turns takes beside the bytes, one that does not, and one at the processor's
    /// own bus.
    private static double forceNanos(int megabytesPerSecond) {
        if (megabytesPerSecond <= 100) {
            return 20e6;
        }
        return megabytesPerSecond < 500 ? 8e6 : 2e6;
    }

    private static void check(Machine machine, Target target, Memory memory) {
        double[] shares = memory.shares();
        double raw = new SimulatedPipeline(machine, target, How.RAW, shares).run();
        double packed = new SimulatedPipeline(machine, target, How.PACKED, shares).run();
        double adaptive = new SimulatedPipeline(machine, target, How.ADAPTIVE, shares).run();
        assertThat(adaptive / Math.min(raw, packed))
                .as("time by that of the better of both: %s, %s, %s", machine, target, memory)
                .isLessThanOrEqualTo(MOST);
    }

    @Test
    void betweenTheTwoItIsFasterThanBoth() {
        Machine machine = new Machine(2, 2, READ_NANOS, 3_600_000, COPY_NANOS_PER_BYTE);
        Target target = Target.pipe(300e6, PIPE_BYTES);
        double[] shares = Memory.EVEN.shares();

        double adaptive = new SimulatedPipeline(machine, target, How.ADAPTIVE, shares).run();

        assertThat(adaptive / new SimulatedPipeline(machine, target, How.RAW, shares).run())
                .isLessThan(0.8);
        assertThat(adaptive / new SimulatedPipeline(machine, target, How.PACKED, shares).run())
                .isLessThan(0.8);
    }

    /// What a disk saves is known only from how long its forces took.
    @Test
    void betweenTheTwoADiskIsUsedToo() {
        Machine machine = new Machine(2, 2, READ_NANOS, 3_600_000, COPY_NANOS_PER_BYTE);
        Target target = Target.disk(200e6, 8e6);
        double[] shares = Memory.EVEN.shares();

        double adaptive = new SimulatedPipeline(machine, target, How.ADAPTIVE, shares).run();

        assertThat(adaptive / new SimulatedPipeline(machine, target, How.RAW, shares).run())
                .isLessThan(0.8);
        assertThat(adaptive / new SimulatedPipeline(machine, target, How.PACKED, shares).run())
                .isLessThan(0.95);
    }

    @Test
    void memoryThatDoesNotPackIsHardlyTried() {
        Machine machine = new Machine(2, 2, READ_NANOS, 600_000, COPY_NANOS_PER_BYTE);
        Target slow = Target.pipe(20e6, PIPE_BYTES);
        SimulatedPipeline pipeline = new SimulatedPipeline(machine, slow, How.ADAPTIVE, Memory.DOES_NOT_PACK.shares());

        double unused = pipeline.run();

        assertThat(unused).isPositive();
        assertThat(pipeline.packedBatches()).isLessThan(BATCHES * 2 / 5);
    }

    @Test
    void aFastTargetGetsPagesAsTheyAre() {
        Machine machine = new Machine(2, 2, READ_NANOS, 3_600_000, COPY_NANOS_PER_BYTE);
        Target fast = Target.pipe(2e9, PIPE_BYTES);
        SimulatedPipeline pipeline = new SimulatedPipeline(machine, fast, How.ADAPTIVE, Memory.EVEN.shares());

        double unused = pipeline.run();

        assertThat(unused).isPositive();
        assertThat(pipeline.packedBatches()).isLessThan(BATCHES / 50);
    }
}
