package io.inquest.output;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class SafeTextTest {

    @Test
    void controlCharactersAreShownAndNotObeyed() {
        assertThat(SafeText.line("a\u001b[2Jb\u0000\u007f\u009b")).isEqualTo("a\\x1b[2Jb\\x00\\x7f\\x9b");
    }

    @Test
    void lineEndsStayOnlyWhereLinesAreExpected() {
        assertThat(SafeText.line("a\nb\tc\r")).isEqualTo("a\\x0ab\\x09c\\x0d");
        assertThat(SafeText.lines("a\nb\tc\r")).isEqualTo("a\nb\tc\\x0d");
    }

    @Test
    void charactersThatReorderOrHideTheirNeighboursAreShown() {
        assertThat(SafeText.line("a\u202eb\u2066\u200b\ufeff")).isEqualTo("a\\u202eb\\u2066\\u200b\\ufeff");
    }

    /// An Arabic letter mark (a bidirectional control too), an end of Ayah, a soft hyphen, and a tag, which is
    /// a pair.
    @Test
    void everyFormatCharacterOfUnicodeIsShown() {
        assertThat(SafeText.line("a\u061cb\u06dd\u00ad\udb40\udc41")).isEqualTo("a\\u061cb\\u06dd\\xad\\udb40\\udc41");
    }

    @Test
    void ordinaryTextOfAnyScriptIsLeftAlone() {
        assertThat(SafeText.line("Grüße, 世界 \ud83d\ude00 \\x")).isEqualTo("Grüße, 世界 \ud83d\ude00 \\x");
    }

    @Test
    void halfOfASurrogatePairIsShown() {
        assertThat(SafeText.line("\ud83d x \ude00")).isEqualTo("\\ud83d x \\ude00");
    }
}
