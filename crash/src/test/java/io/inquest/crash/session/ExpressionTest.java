package io.inquest.crash.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inquest.crash.UsageException;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ExpressionTest {

    private static long evaluate(String text, int radix) {
        return Expression.evaluate(
                text,
                radix,
                name -> name.equals("jiffies") ? OptionalLong.of(0xffffffff82406980L) : OptionalLong.empty());
    }

    @ParameterizedTest
    @CsvSource({
        "10, 10",
        "0x10, 16",
        "1f, 31",
        "017, 17",
        "0b101, 5",
        "128m, 134217728",
        "1K, 1024",
        "1+2*3, 7",
        "(1 + 2) * 3, 9",
        "-1, -1",
        "~0xf & 0xff, 240",
        "1 << 4 | 1, 17",
        "7 ^ 2, 5",
        "10 % 3, 1",
        "0xffffffffffffffff / 2, 9223372036854775807",
        "1 << 64, 0",
    })
    void calculatesAsCDoes(String text, long expected) {
        assertThat(evaluate(text, 10)).isEqualTo(expected);
    }

    @Test
    void whereAnAddressIsExpectedDigitsAreHexadecimal() {
        assertThat(evaluate("10", 16)).isEqualTo(16);
        assertThat(evaluate("ffffffff82406980", 16)).isEqualTo(0xffffffff82406980L);
    }

    @Test
    void symbolsStandForTheirAddresses() {
        assertThat(evaluate("(jiffies + 8)", 16)).isEqualTo(0xffffffff82406988L);
        assertThatThrownBy(() -> evaluate("jiffy", 16))
                .isInstanceOf(UsageException.class)
                .hasMessage("symbol not found: jiffy");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1 +", "(1", "1)", "1 2", "+", "12345678901234567890123", "1/0", "-", "9 & "})
    void whatIsNoExpressionIsAMistakeOfTheUser(String text) {
        assertThatThrownBy(() -> evaluate(text, 10)).isInstanceOf(UsageException.class);
    }

    @Test
    void aWordOfHexadecimalDigitsIsANumberUnlessASymbolHasThatName() {
        assertThat(Expression.evaluate("deadbeef", 10, name -> OptionalLong.empty()))
                .isEqualTo(0xdeadbeefL);
        assertThat(Expression.evaluate("face", 10, name -> OptionalLong.of(7))).isEqualTo(7);
    }

    @Test
    void nestingHasALimit() {
        assertThatThrownBy(() -> evaluate("(".repeat(100_000), 10)).isInstanceOf(UsageException.class);
        assertThatThrownBy(() -> evaluate("~".repeat(100_000) + "1", 10)).isInstanceOf(UsageException.class);
    }
}
