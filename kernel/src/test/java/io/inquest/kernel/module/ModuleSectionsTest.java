package io.inquest.kernel.module;

import static org.assertj.core.api.Assertions.assertThat;

import io.inquest.kernel.Kernel;
import io.inquest.testkit.Samples;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// `/sys/module/NAME/sections` as the guests saw it before they died.
final class ModuleSectionsTest {

    @ParameterizedTest
    @ValueSource(strings = {"6.1-d31", "6.12-d1", "7.2-d23-flat"})
    void sectionsAreWhereTheGuestSawThem(String sample) throws IOException {
        Set<String> truth =
                new TreeSet<>(Files.readAllLines(Samples.truth(sample).resolve("module-sections.txt")));
        Set<String> found = new TreeSet<>();
        try (Kernel kernel = Kernel.open(Samples.unpack(sample))) {
            for (Module module : kernel.modules()) {
                ModuleSections.of(module)
                        .forEach((name, address) ->
                                found.add(module.name() + " " + name + " 0x" + Long.toHexString(address)));
            }
        }
        assertThat(found).isNotEmpty();
        assertThat(truth).containsAll(found);
        // Some names lie in pages that the filter left out.
        assertThat(found.size()).isGreaterThan(truth.size() / 2);
    }
}
