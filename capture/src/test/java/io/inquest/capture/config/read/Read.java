package io.inquest.capture.config.read;

import static org.assertj.core.api.Assertions.assertThat;

import io.inquest.capture.config.Configuration;
import io.inquest.capture.config.Problem;
import io.inquest.capture.config.Reading;
import java.util.List;

/// Reads configuration that a test gives as text.
public final class Read {

    private Read() {}

    public static Reading conf(String text) {
        return ConfigurationReader.read(List.of(new SourceFile("kdump.conf", text)));
    }

    /// The configuration, which must be valid.
    public static Configuration valid(String text) {
        return valid(conf(text));
    }

    public static Configuration valid(Reading reading) {
        assertThat(reading).isInstanceOf(Reading.Valid.class);
        return ((Reading.Valid) reading).configuration();
    }

    /// The errors, of which there must be some.
    public static List<String> errors(String text) {
        return errors(conf(text));
    }

    public static List<String> errors(Reading reading) {
        assertThat(reading).isInstanceOf(Reading.Invalid.class);
        return ((Reading.Invalid) reading)
                .errors().stream().map(Problem::toString).toList();
    }

    public static List<String> warnings(String text) {
        return warnings(conf(text));
    }

    public static List<String> warnings(Reading reading) {
        return reading.warnings().stream().map(Problem::toString).toList();
    }
}
