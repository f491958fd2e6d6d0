package io.inquest.kernel.type.btf;

import static org.assertj.core.api.Assertions.assertThat;

import io.inquest.kernel.Kernel;
import io.inquest.kernel.OpenSamples;
import java.io.IOException;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The BTF of real kernels, damaged: types behind the damage keep their ids, and none gets another's.
final class RepairedBtfTest {

    private static final int PAGE_BYTES = 4096;

    private static byte[] section(String sample) throws IOException, MalformedBtf {
        Kernel kernel = OpenSamples.kernel(sample);
        long start = kernel.symbols().address("__start_BTF").orElseThrow();
        long stop = kernel.symbols().address("__stop_BTF").orElseThrow();
        return KernelBtf.read(kernel.space(), start, stop - start);
    }

    /// How many records are the same as in the whole section, and how many others have their ids.
    private record Outcome(int same, int other, int all) {

        int percentSame() {
            return (int) (100L * same / all);
        }
    }

    private static Outcome outcome(byte[] whole, byte[] damaged) throws MalformedBtf {
        BtfRecords truth = Btf.of("truth", whole, ByteOrder.LITTLE_ENDIAN, 8).records();
        BtfRecords found =
                Btf.of("damaged", damaged, ByteOrder.LITTLE_ENDIAN, 8).records();
        int same = 0;
        int other = 0;
        for (int i = 0; i < Math.min(truth.count(), found.count()); i++) {
            boolean equal = found.kind(i) == truth.kind(i) && found.nameOffset(i) == truth.nameOffset(i);
            same += equal ? 1 : 0;
            other += !equal && found.kind(i) != 0 ? 1 : 0;
        }
        return new Outcome(same, other, truth.count());
    }

    /// The prototypes of 7.2 lie one behind the other in thousands, so that nothing tells how many are lost.
    @ParameterizedTest
    @CsvSource({"6.1-d31, 90", "6.12-d1, 90", "7.2-d23-flat, 75"})
    void lostPagesCostTheirTypes(String sample, int percent) throws IOException, MalformedBtf {
        byte[] whole = section(sample);
        byte[] damaged = whole.clone();
        Random random = new Random(42);
        for (int page = 1; page < damaged.length / PAGE_BYTES; page++) {
            if (random.nextInt(20) == 0) {
                Arrays.fill(damaged, page * PAGE_BYTES, (page + 1) * PAGE_BYTES, (byte) 0);
            }
        }

        Outcome outcome = outcome(whole, damaged);

        assertThat(outcome.percentSame()).isGreaterThanOrEqualTo(percent);
        assertThat(outcome.other()).isLessThan(5);
    }

    /// As 20,000 wrong bytes in a dump of 155 MB. A wrong byte in a name or a kind makes another type of a record.
    @ParameterizedTest
    @CsvSource({"6.1-d31, 90", "6.12-d1, 90", "7.2-d23-flat, 75"})
    void wrongBytesCostTheirTypes(String sample, int percent) throws IOException, MalformedBtf {
        byte[] whole = section(sample);
        byte[] damaged = whole.clone();
        Random random = new Random(42);
        for (int i = 0; i < damaged.length / 8000; i++) {
            damaged[100 + random.nextInt(damaged.length - 100)] = (byte) random.nextInt(256);
        }

        Outcome outcome = outcome(whole, damaged);

        assertThat(outcome.percentSame()).isGreaterThanOrEqualTo(percent);
        assertThat(outcome.other()).isLessThan(100);
    }
}
