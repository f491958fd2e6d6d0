package io.inquest.crash.command.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Symbols of Rust's RFC 2603 and of kernels, and what Rust's own tools make of them.
final class RustNameTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            quoteCharacter = '"',
            value = {
                "_RNvC6_123foo3bar 123foo::bar",
                "_RNvNtNtCs1234_7mycrate3foo3bar3baz mycrate::foo::bar::baz",
                "_RINvNtC3std3mem8align_ofdE std::mem::align_of::<f64>",
                "_RINvNtC3std3mem8align_ofNtNtC3std3mem12DiscriminantE std::mem::align_of::<std::mem::Discriminant>",
                "_RNCNCNgCs6DXkGYLi8lr_2cc5spawn00B5_ cc::spawn::{closure#0}::{closure#0}",
                "_RNvMsr_NtCs3ssYzQotkvD_3std4pathNtB5_7PathBuf3newCs15kBYyAo9fc_7mycrate <std::path::PathBuf>::new",
                "_RNvMs_Cs4Cv8Wi1oAIB_10rust_panicNtB4_10HelloPanic8step_two <rust_panic::HelloPanic>::step_two",
                "_RINvC1a1fAhj10_Kb1_E \"a::f::<[u8; 16], true>\"",
                "_RINvC1a1fTRShQeEE \"a::f::<(&[u8], &mut str)>\"",
            })
    void namesAreSpelledAsInTheSources(String symbol, String expected) {
        assertThat(RustName.of(symbol)).hasValue(expected);
    }

    @Test
    void symbolsInATextAreReplacedAndOthersKept() {
        assertThat(RustName.inText("  ? _RNvC6_123foo3bar+0xf7/0x120 [m], x_RNvC6_123foo3bar _Rx vfs_READ"))
                .isEqualTo("  ? 123foo::bar+0xf7/0x120 [m], x_RNvC6_123foo3bar _Rx vfs_READ");
    }

    @Test
    void whatIsNotUnderstoodStaysAsItIs() {
        String symbol = "_RNvMsr_NtCs3ssYzQotkvD_3std4pathNtB5_7PathBuf3newCs15kBYyAo9fc_7mycrate";
        for (int cut = 0; cut < symbol.length(); cut++) {
            assertThat(RustName.inText(symbol.substring(0, cut))).isNotNull();
        }
        Random random = new Random(1);
        for (int i = 0; i < 2000; i++) {
            StringBuilder broken = new StringBuilder(symbol);
            broken.setCharAt(2 + random.nextInt(symbol.length() - 2), (char) ('0' + random.nextInt(75)));
            assertThat(RustName.inText(broken.toString())).isNotNull();
        }
        assertThat(RustName.inText("_RB_")).isEqualTo("_RB_");
    }
}
