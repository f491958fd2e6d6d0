package io.inquest.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class KeptPagesTest {

    private static final String RECORDING = "6.12-d1/reference/makedumpfile-1.7.8-kept.txt";

    @Test
    void sampleOfAllPagesHoldsWhatMakedumpfileKeepsOfItAtLevelZero() throws IOException {
        assertThat(KeptPages.of(Samples.unpack("6.12-d1")))
                .isEqualTo(KeptPages.recorded(RECORDING, 0))
                .startsWith(new KeptPages.Run(256, 36608));
    }

    @Test
    void recordingHasFewerPagesAtHigherLevels() throws IOException {
        assertThat(pages(31)).isPositive().isLessThan(pages(16));
        assertThat(pages(16)).isLessThan(pages(0));
        assertThat(KeptPages.recorded(RECORDING, 5)).isEmpty();
    }

    private static long pages(int level) throws IOException {
        return KeptPages.recorded(RECORDING, level).stream()
                .mapToLong(KeptPages.Run::count)
                .sum();
    }
}
