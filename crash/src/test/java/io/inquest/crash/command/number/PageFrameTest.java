package io.inquest.crash.command.number;

import static org.assertj.core.api.Assertions.assertThat;

import io.inquest.crash.Asked;
import org.junit.jupiter.api.Test;

/// `ptob` and `btop`; answers are those of crash 9.0.2.
final class PageFrameTest {

    private static final String SAMPLE = "6.12-d1";

    private static String answer(String commandLine) {
        Asked asked = Asked.of(SAMPLE, commandLine);
        assertThat(asked.err()).as(commandLine).isEmpty();
        return asked.out();
    }

    @Test
    void frameNumbersAreDecimalUnlessTheyShowThatTheyAreNot() {
        assertThat(answer("ptob 10 ff 0x10")).isEqualTo("a: a000\nff: ff000\n10: 10000\n");
        assertThat(answer("btop 10 5000")).isEqualTo("10: 0\n5000: 5\n");
    }
}
