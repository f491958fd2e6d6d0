package io.inquest.capture.collect;

import static org.assertj.core.api.Assertions.assertThat;

import io.inquest.capture.config.read.Read;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What the HOWTO's seven examples of `core_collector` run, and what is run without one. Where it is written to,
/// `ActTest` and
/// `SshActTest` hold.
final class HowtoCollectorsTest {

    @ParameterizedTest
    @CsvSource({
        "ext4 UUID=1, cp --sparse=always, cp --sparse=always",
        "ext4 UUID=1, makedumpfile -l --message-level 1 -d 31, makedumpfile -l --message-level 1 -d 31",
        "raw UUID=1, cat, cat",
        "raw UUID=1, makedumpfile -F -l --message-level 1 -d 31, makedumpfile -l --message-level 1 -d 31",
        "ssh user@host, cat, cat",
        "ssh user@host, makedumpfile -F -l --message-level 1 -d 31, makedumpfile -l --message-level 1 -d 31",
        "ssh user@host, scp, copying all memory",
    })
    void exampleRuns(String target, String collector, String way) {
        assertThat(first(target + "\ncore_collector " + collector)).isEqualTo(way);
    }

    @ParameterizedTest
    @CsvSource({"ext4 UUID=1", "raw UUID=1", "ssh user@host"})
    void makedumpfileRunsWithoutOne(String target) {
        assertThat(first(target)).isEqualTo("makedumpfile -l --message-level 7 -d 31");
    }

    private static String first(String configuration) {
        return Ways.of(Read.valid(configuration).saving().collector().value())
                .getFirst()
                .toString();
    }
}
