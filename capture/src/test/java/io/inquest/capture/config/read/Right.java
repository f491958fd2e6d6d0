package io.inquest.capture.config.read;

import static org.assertj.core.api.Assertions.assertThat;

import io.inquest.capture.config.Configuration;
import java.util.function.Function;
import org.junit.jupiter.api.DynamicTest;

/// A line of a configuration that is right, and what it means.
///
/// @param looksAt the value that the line sets
/// @param expected how that prints
record Right(String line, Function<Configuration, Object> looksAt, String expected) {

    /// The key of a host, for lines that have one.
    static final String ED25519 = "AAAAC3NzaC1lZDI1NTE5AAAAIIsXAlXKClpwsFpTqiG1LzYXbPWjTYNwGPFHVW1mxkEd";

    static Object collector(Configuration configuration) {
        return configuration.saving().collector().value();
    }

    /// Reads `text`, which has the line.
    DynamicTest test(String name, String text) {
        return DynamicTest.dynamicTest(
                name, () -> assertThat(looksAt.apply(Read.valid(text))).hasToString(expected));
    }
}
