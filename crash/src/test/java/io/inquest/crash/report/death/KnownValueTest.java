package io.inquest.crash.report.death;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Values that say where they come from.
final class KnownValueTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        0                | NULL
        28               | NULL, and 0x28 bytes into a structure
        dead000000000100 | LIST_POISON1: the entry was removed from its list before
        dead000000000122 | LIST_POISON2: the entry was removed from its list before
        6b6b6b6b6b6b6b6b | the pattern of freed slab memory
        6b6b6b6b6b6b6b93 | the pattern of freed slab memory
        5a5a5a5a5a5a5a5a | the pattern of slab memory that was never written
        fffffffffffffff4 | the error -12, ENOMEM
        dffffc0000000004 | KASAN's shadow of 0x20: a NULL pointer
        21646c726f772c6f | the text "o,world!"
        """)
    void aTellingValueIsExplained(String digits, String words) {
        assertThat(KnownValue.describe(Long.parseUnsignedLong(digits, 16))).hasValue(words);
    }

    @ParameterizedTest
    @CsvSource({"ffff888077ec2540", "ffffffff81171b02", "7fd1f18192fb"})
    void anAddressIsNot(String digits) {
        assertThat(KnownValue.describe(Long.parseUnsignedLong(digits, 16))).isEmpty();
    }

    @Test
    void onlyFillersOfFreedMemoryAreFreed() {
        assertThat(Stream.of(0x6b6b6b6b6b6b6b6bL, 0x6b6b6b6b6b6b6b93L, 0xaaaaaaaaaaaaaaaaL))
                .allMatch(KnownValue::isFreedPattern);
        assertThat(Stream.of(0x5a5a5a5a5a5a5a5aL, 0x6b6b6b6b00000000L, 0xdead000000000100L, 0L))
                .noneMatch(KnownValue::isFreedPattern);
    }
}
