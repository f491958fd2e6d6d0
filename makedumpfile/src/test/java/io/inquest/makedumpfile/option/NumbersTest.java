package io.inquest.makedumpfile.option;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class NumbersTest {

    @Test
    void leadingIntIsWhatAtoiGives() {
        assertThat(Numbers.leadingInt("31")).isEqualTo(31);
        assertThat(Numbers.leadingInt(" -7x")).isEqualTo(-7);
        assertThat(Numbers.leadingInt("+4")).isEqualTo(4);
        assertThat(Numbers.leadingInt("abc")).isZero();
        assertThat(Numbers.leadingInt("")).isZero();
        assertThat(Numbers.leadingInt("5223023572093018873")).isEqualTo(Integer.MAX_VALUE);
        assertThat(Numbers.leadingInt("-5223023572093018873")).isEqualTo(Integer.MIN_VALUE);
    }

    @Test
    void sizeTakesSuffixesInEitherCase() {
        assertThat(Numbers.size("1048576")).hasValue(1 << 20);
        assertThat(Numbers.size("10k")).hasValue(10 << 10);
        assertThat(Numbers.size("3G")).hasValue(3L << 30);
        assertThat(Numbers.size("2t")).hasValue(2L << 40);
        assertThat(Numbers.size("0x10M")).hasValue(16 << 20);
        assertThat(Numbers.size("010")).hasValue(8);
        assertThat(Numbers.size("0x1e")).hasValue(0x1e);
        assertThat(Numbers.size("1E")).hasValue(1L << 60);
    }

    @Test
    void sizeRefusesNothingJunkAndWhatDoesNotFit() {
        assertThat(Numbers.size("")).isEmpty();
        assertThat(Numbers.size("0")).isEmpty();
        assertThat(Numbers.size("K")).isEmpty();
        assertThat(Numbers.size("5x")).isEmpty();
        assertThat(Numbers.size("-5")).isEmpty();
        assertThat(Numbers.size("8E")).isEmpty();
        assertThat(Numbers.size("99999999999999999999")).isEmpty();
    }

    @Test
    void addressMayBeHexadecimalWithoutPrefix() {
        assertThat(Numbers.address("0xffffffff81000000")).hasValue(0xffffffff81000000L);
        assertThat(Numbers.address("ffffffff81000000")).hasValue(0xffffffff81000000L);
        assertThat(Numbers.address("4096")).hasValue(4096);
        assertThat(Numbers.address("0")).hasValue(0);
        assertThat(Numbers.address("xyz")).isEmpty();
        assertThat(Numbers.address("-1")).isEmpty();
        assertThat(Numbers.address("0x")).isEmpty();
    }
}
