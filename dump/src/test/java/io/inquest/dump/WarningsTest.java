package io.inquest.dump;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class WarningsTest {

    @Test
    void sentenceThatComesAgainIsToldOnce() {
        List<String> told = new ArrayList<>();
        Warnings user = told::add;
        Warnings warnings = user.once();

        warnings.warn("a page is lost");
        warnings.warn("the log is cut");
        warnings.warn("a page is lost");

        assertThat(told).containsExactly("a page is lost", "the log is cut");
    }
}
