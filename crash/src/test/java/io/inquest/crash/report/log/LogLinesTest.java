package io.inquest.crash.report.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What the ways of keeping a log put before the kernel's own lines.
final class LogLinesTest {

    private static List<String> texts(String log) {
        return LogLines.of(log).stream().map(LogLine::text).toList();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "BUG: here",
                "[  123.456789] BUG: here",
                "<4>[  123.456789] BUG: here",
                "<2>BUG: here",
                "[  123.456789][ T5831] BUG: here",
                "[  123.456789] [     C1] BUG: here",
                "[Thu Nov 26 19:20:27 2026] BUG: here",
                "Jan 11 22:31:37 some-host kernel: BUG: here",
                "Jan  1 22:31:37 some-host kernel: [  123.456789] BUG: here",
                "2026-01-11T22:31:37.123456+00:00 some-host kernel: [  123.456789] BUG: here",
                "kern  :warn  : [  123.456789] BUG: here",
                "4,1234,123456789,-;BUG: here",
                "4,1234,123456789,-,caller=T12;BUG: here",
                "BUG: here\r"
            })
    void isTakenOff(String line) {
        assertThat(texts(line)).containsExactly("BUG: here");
    }

    @Test
    void theTimeAndTheCallerAreKept() {
        LogLine line = LogLines.of("[  123.456789][ T5831] text").getFirst();
        assertThat(line.nanoseconds()).hasValue(123_456_789_000L);
        assertThat(line.time()).isEqualTo("  123.456789");
        assertThat(line.caller()).isEqualTo("T5831");
        assertThat(LogLines.of("4,1,7000001,-,caller=C3;text").getFirst().caller())
                .isEqualTo("C3");
    }

    @Test
    void whatOtherProgramsLoggedIsLeftOut() {
        assertThat(texts("Nov  9 10:19:35 host openvpn[1118]: BUG: not the kernel's"))
                .containsExactly("");
    }

    @Test
    void bracketsOfTheTextItselfStay() {
        assertThat(texts("[ 1804]    89  1804 qmgr\n[<ffffffff81171d6f>] f+0x1/0x2\n[drm] ready"))
                .containsExactly("[ 1804]    89  1804 qmgr", "[<ffffffff81171d6f>] f+0x1/0x2", "[drm] ready");
    }

    @Test
    void twoLinesThatRanIntoOneAreTwo() {
        assertThat(texts("[    1.000001] half a li[    1.000002] BUG: whole"))
                .containsExactly("half a li", "BUG: whole");
    }

    @Test
    void aLineThatIsPrintedAgainIsMarkedAsCut() {
        List<LogLine> lines = LogLines.of("[ 1.000001] INFO: t\n** replaying previous printk message **\n"
                + "[ 1.000001] INFO: task x:1 blocked for more than 9 seconds.");
        assertThat(lines).extracting(LogLine::whole).containsExactly(false, true, true);
    }
}
