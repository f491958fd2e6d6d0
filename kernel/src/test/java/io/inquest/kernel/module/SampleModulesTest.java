package io.inquest.kernel.module;

import static org.assertj.core.api.Assertions.assertThat;

import io.inquest.kernel.Kernel;
import io.inquest.testkit.Samples;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Modules of real dumps, judged by `/proc/modules` of the live kernel.
final class SampleModulesTest {

    /// But for who holds on to them, which changes all the time.
    @ParameterizedTest
    @ValueSource(strings = {"6.1-d31", "6.12-d1", "7.2-d23-flat"})
    void modulesAreThoseOfTheLiveKernel(String sample) throws IOException {
        List<String> truth = new ArrayList<>();
        for (String line : Files.readAllLines(Samples.truth(sample).resolve("modules"))) {
            String[] words = line.split(" ", -1);
            truth.add(words[0] + " " + words[1] + " " + words[4] + " " + words[5]);
        }
        List<String> found = new ArrayList<>();
        try (Kernel kernel = Kernel.open(Samples.unpack(sample))) {
            for (Module module : kernel.modules()) {
                found.add(module.name() + " " + module.bytes() + " "
                        + module.state().words() + " 0x" + Long.toHexString(module.base()));
                assertThat(module.references()).isBetween(0L, 10L);
            }
            assertThat(kernel.modules().end().isComplete()).isTrue();
            Module first = kernel.modules().all().getFirst();
            assertThat(kernel.modules().at(first.base() + 1)).contains(first);
            assertThat(first.hasText(first.base())).isTrue();
            assertThat(kernel.modules().find(first.name().replace('_', '-'))).contains(first);
        }

        assertThat(found).isEqualTo(truth);
    }
}
