package io.inquest.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Sizes, counts and times as people read them.
final class FormatsTest {

    @ParameterizedTest
    @CsvSource({
        "0, 0 B",
        "1023, 1023 B",
        "1024, 1.00 KiB",
        "1100, 1.07 KiB",
        "10240, 10.0 KiB",
        "15466496, 14.7 MiB",
        "269509427200, 251 GiB",
        "9223372036854775807, 7.99 EiB"
    })
    void sizesHaveThreeDigits(long bytes, String text) {
        assertThat(ByteSize.format(bytes)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"0|0", "999|999", "1000|1,000", "1234567|1,234,567", "-1000|-1,000", "-999|-999"})
    void countsHaveGroupsOfThreeDigits(long count, String text) {
        assertThat(Counts.format(count)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({"0, 5, 0.0 %", "5, 5, 100.0 %", "1, 3, 33.3 %", "2, 3, 66.7 %", "0, 0, -"})
    void sharesHaveOneDecimal(long part, long whole, String text) {
        assertThat(Counts.percent(part, whole)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0 ms",
        "999, 999 ms",
        "1000, 1.0 s",
        "9999, 9.9 s",
        "59999, 59 s",
        "60000, 1 min 00 s",
        "185000, 3 min 05 s",
        "7620000, 2 h 07 min",
        "1047600000, 12 d 03 h"
    })
    void timesHaveTwoUnitsAtMost(long millis, String text) {
        assertThat(Elapsed.format(millis * 1_000_000)).isEqualTo(text);
    }

    @Test
    void aPlainFileIsNoTerminal() {
        assertThat(Terminal.isTerminal(Path.of("pom.xml"))).isFalse();
        assertThat(Terminal.columns()).isBetween(40, 500);
    }
}
