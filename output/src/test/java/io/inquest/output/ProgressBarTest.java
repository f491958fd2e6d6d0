package io.inquest.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

final class ProgressBarTest {

    private static final long SECOND = 1_000_000_000L;
    private static final long MIB = 1 << 20;

    private final StringBuilder screen = new StringBuilder();
    private long now;

    private ProgressBar bar(int columns) {
        return new ProgressBar(screen, columns, () -> now);
    }

    @Test
    void showsShareRateAndTimeLeft() throws IOException {
        ProgressBar bar = bar(80);
        bar.begin("Copying pages", 400 * MIB);
        now += SECOND;
        bar.update(100 * MIB);
        assertThat(screen.toString()).contains("25 %  100 MiB/s  3.0 s left").contains("[#######");
        assertThat(screen.length()).isLessThanOrEqualTo(80);
    }

    @Test
    void isDrawnAtMostTenTimesASecond() throws IOException {
        ProgressBar bar = bar(80);
        bar.begin("x", 1000);
        for (int update = 0; update < 1000; update++) {
            now += SECOND / 1000;
            bar.update(update);
        }
        assertThat(screen.chars().filter(c -> c == '\r').count()).isEqualTo(10);
    }

    @Test
    void leavesNothingBehind() throws IOException {
        ProgressBar bar = bar(60);
        bar.begin("x", 1000);
        now += SECOND;
        bar.update(500);
        bar.clear();
        String last = screen.substring(screen.lastIndexOf("\r", screen.length() - 2));
        assertThat(last).isBlank().endsWith("\r");
    }

    @Test
    void fitsTerminalsTooNarrowForTheBar() throws IOException {
        ProgressBar bar = bar(40);
        bar.begin("Excluding unnecessary pages", 400 * MIB);
        now += SECOND;
        bar.update(100 * MIB);
        assertThat(screen.length()).isLessThanOrEqualTo(40);
        assertThat(screen.toString()).doesNotContain("[");
    }

    @Test
    void staysWithinAHundredPercentWhateverItIsTold() throws IOException {
        ProgressBar bar = bar(80);
        bar.begin("x", 0);
        now += SECOND;
        bar.update(5);
        bar.begin("y", 10);
        now += SECOND;
        bar.update(50);
        now += SECOND;
        bar.update(-50);
        assertThat(screen.toString()).contains("100 %").contains(" 0 %").doesNotContain("-5");
    }
}
