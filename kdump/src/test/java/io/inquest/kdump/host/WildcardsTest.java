package io.inquest.kdump.host;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class WildcardsTest {

    @Test
    void aStarStandsForAnyText() {
        assertThat(Wildcards.match("a*b*c", "aXXbYYbZc")).isTrue();
        assertThat(Wildcards.match("a*b*c", "abc")).isTrue();
        assertThat(Wildcards.match("a*b*c", "aXXbYY")).isFalse();
        assertThat(Wildcards.match("*", "")).isTrue();
        assertThat(Wildcards.match("**a", "bca")).isTrue();
        assertThat(Wildcards.match("a*", "ba")).isFalse();
    }

    @Test
    void aQuestionMarkStandsForOneCharacterAndBracketsForOneOfThese() {
        assertThat(Wildcards.match("a?c", "abc")).isTrue();
        assertThat(Wildcards.match("a?c", "ac")).isFalse();
        assertThat(Wildcards.match("v[0-3x]", "v2")).isTrue();
        assertThat(Wildcards.match("v[0-3x]", "vx")).isTrue();
        assertThat(Wildcards.match("v[0-3x]", "v4")).isFalse();
        assertThat(Wildcards.match("v[0-3x]", "v-")).isFalse();
        assertThat(Wildcards.match("v[", "v[")).isTrue();
    }
}
