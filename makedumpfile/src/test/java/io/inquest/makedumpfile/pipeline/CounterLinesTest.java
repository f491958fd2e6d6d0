package io.inquest.makedumpfile.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.inquest.kernel.zone.CountedUse;
import io.inquest.makedumpfile.message.Messages;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// How counters are told.
class CounterLinesTest {

    private static final CountedUse RIGHT = new CountedUse("slab", 3620, 3960, 3952, 128);
    private static final CountedUse WRONG = new CountedUse("page table", 218, 218, 500, 128);

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final Messages messages = new Messages(out, err, 7, false);

    @Test
    void eachCounterIsALineAndAWrongOneAWarning() {
        assertThat(new CounterLines(messages, true).tell(List.of(RIGHT, WRONG))).isEqualTo(1);

        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("""

                slab pages: the kernel counted 3952, struct pages show 3620 to 3960
                page table pages: the kernel counted 500, struct pages show 218
                """);
        assertThat(err.toString(StandardCharsets.UTF_8))
                .isEqualTo("WARNING: page table pages: the kernel counted 500, struct pages show 218: off by 282\n");
    }

    @Test
    void whoHasNotAskedHearsOfWrongOnesOnly() throws Exception {
        CounterLines lines = new CounterLines(messages, false);

        assertThat(lines.tell(List.of(RIGHT))).isZero();
        assertThat(lines.tell(Optional.empty(), Optional.empty())).isZero();
        assertThat(out.size() + err.size()).isZero();
    }
}
