package io.inquest.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Each target with its seeds and with random changes of them, the same in each build. `fuzz/run` is guided.
final class TargetsTest {

    /// Changed inputs of each target; those that read a real dump take seconds for one.
    private static final int ROUNDS = 300;

    private static final int ROUNDS_OF_SAMPLES = 1;

    static Stream<String> names() {
        return Targets.all().stream().map(Target::name);
    }

    @Test
    void namesAreEachOfOneTarget() {
        assertThat(names()).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @MethodSource("names")
    @Timeout(value = 5, unit = TimeUnit.MINUTES)
    void goodAndBrokenInputIsReadOrRefused(String name) throws Exception {
        Target target = Targets.named(name);
        Watch watch = new Watch(target);
        List<byte[]> seeds = target.seeds().make();
        assertThat(seeds).isNotEmpty();
        boolean slow = name.equals("crash-commands") || name.equals("dump-report");
        for (byte[] seed : slow ? seeds.subList(0, 1) : seeds) {
            read(watch, seed, "a seed of " + name);
        }
        long seed = Long.getLong("inquest.seed", 1);
        Random random = new Random(seed);
        for (int round = 0; round < (slow ? ROUNDS_OF_SAMPLES : ROUNDS); round++) {
            byte[] input = changed(seeds.get(random.nextInt(seeds.size())), random);
            read(watch, input, name + ", round " + round + " of random seed " + seed);
        }
    }

    private static void read(Watch watch, byte[] input, String what) throws Exception {
        try {
            watch.read(input);
        } catch (Exception | Error failure) {
            String bytes = HexFormat.of().formatHex(input, 0, Math.min(input.length, 4096));
            throw new AssertionError(what + ", " + input.length + " bytes: " + bytes, failure);
        }
    }

    private static byte[] changed(byte[] seed, Random random) {
        byte[] changed = random.nextInt(4) == 0 ? Arrays.copyOf(seed, random.nextInt(seed.length + 1)) : seed.clone();
        for (int i = random.nextInt(8); i >= 0 && changed.length > 0; i--) {
            int at = random.nextInt(changed.length);
            changed[at] = (byte) (random.nextBoolean() ? random.nextInt() : changed[at] ^ 1 << random.nextInt(8));
        }
        return changed;
    }
}
