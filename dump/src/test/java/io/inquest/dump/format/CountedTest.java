package io.inquest.dump.format;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class CountedTest {

    @Test
    void digitsAreInGroupsAndTheNounAgrees() {
        assertThat(Counted.of(0, "page")).isEqualTo("0 pages");
        assertThat(Counted.of(1, "page")).isEqualTo("1 page");
        assertThat(Counted.of(999, "page")).isEqualTo("999 pages");
        assertThat(Counted.of(14_611, "page")).isEqualTo("14,611 pages");
        assertThat(Counted.of(1_234_567, "byte")).isEqualTo("1,234,567 bytes");
    }
}
