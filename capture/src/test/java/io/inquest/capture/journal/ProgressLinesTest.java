package io.inquest.capture.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ProgressLinesTest {

    private final List<String> console = new ArrayList<>();
    private long now;
    private final ProgressLines lines = new ProgressLines(console::add, Heartbeat.unwatched(), () -> now);

    private void after(int seconds) {
        now += Duration.ofSeconds(seconds).toNanos();
    }

    @Test
    void rateAndTimeLeftAreTold() {
        lines.begin("saving vmcore");
        after(10);
        lines.update(100L << 20, 400L << 20);
        assertThat(console).containsExactly("saving vmcore: 25 %, 10.0 MiB/s, 30 s left");
    }

    @Test
    void linesComeEachFiveSecondsAtMost() {
        lines.begin("saving vmcore");
        for (int second = 1; second <= 20; second++) {
            after(1);
            lines.update(second, 100);
        }
        assertThat(console).hasSize(4);
    }

    @Test
    void nothingIsSaidOfWhatIsNotKnown() {
        lines.begin("saving vmcore");
        after(10);
        lines.update(0, 100);
        lines.update(5, 0);
        assertThat(console).isEmpty();
    }
}
