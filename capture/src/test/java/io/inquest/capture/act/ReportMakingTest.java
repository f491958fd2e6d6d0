package io.inquest.capture.act;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inquest.capture.journal.Heartbeat;
import io.inquest.crash.report.Report;
import io.inquest.testkit.Samples;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

final class ReportMakingTest {

    private static final Duration LONG = Duration.ofMinutes(10);

    private static Report make(ReportMaker maker, Duration limit) throws IOException {
        Path dump = Samples.unpack("6.12-d1");
        return new ReportMaking(maker, limit, Heartbeat.unwatched()).make(dump);
    }

    @Test
    void reportSaysHowTheKernelDied() throws IOException {
        assertThat(make(ReportMaking::ofMemory, LONG).cause()).isPresent();
    }

    @Test
    void reportThatTakesTooLongIsNoneAndStopsReading() throws Exception {
        CountDownLatch stopped = new CountDownLatch(1);
        ReportMaker endless = memory -> {
            try {
                while (true) {
                    assertThat(memory.read(0, ByteBuffer.allocate(8))).isPositive();
                }
            } finally {
                stopped.countDown();
            }
        };
        assertThatThrownBy(() -> make(endless, Duration.ofMillis(200))).hasMessage("it took longer than 200 ms");
        stopped.await();
    }

    @Test
    void reportThatTakesAllOfTheHeapIsNone() {
        ReportMaker greedy = memory -> {
            throw new OutOfMemoryError(Integer.toString(new byte[Integer.MAX_VALUE].length));
        };
        assertThatThrownBy(() -> make(greedy, LONG)).hasMessageContaining("MiB of heap");
    }

    @Test
    void reportThatFailsTellsWhy() {
        assertThatThrownBy(() -> make(
                        memory -> {
                            throw new IllegalStateException("a defect");
                        },
                        LONG))
                .hasMessage("a defect");
    }
}
