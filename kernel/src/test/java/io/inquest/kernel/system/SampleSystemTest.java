package io.inquest.kernel.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.inquest.kernel.Kernel;
import io.inquest.testkit.Samples;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Facts of real dumps, judged by what the live kernel had said seconds before.
final class SampleSystemTest {

    @ParameterizedTest
    @ValueSource(strings = {"6.1-d31", "6.12-d1", "7.2-d23-flat"})
    void factsAreThoseOfTheLiveKernel(String sample) throws IOException {
        Path truth = Samples.truth(sample);
        double uptime = firstNumber(truth.resolve("uptime"));
        double load = firstNumber(truth.resolve("loadavg"));
        try (Kernel kernel = Kernel.open(Samples.unpack(sample))) {
            SystemFacts facts = kernel.system();

            assertThat(facts.banner()).contains(Files.readString(truth.resolve("version")));
            assertThat(facts.commandLine().orElseThrow() + "\n").isEqualTo(Files.readString(truth.resolve("cmdline")));
            assertThat(facts.uptime().orElseThrow() / 1e9).isBetween(uptime, uptime + 15);
            assertThat(facts.loadAverage().orElseThrow().oneMinute()).isBetween(load * 0.8, load + 1);
            assertThat(facts.crashTime()).isEqualTo(kernel.vmcoreInfo().crashTime());
            assertThat(Clock.read(kernel).orElseThrow().wallSeconds())
                    .isEqualTo(facts.crashTime().orElseThrow());
            assertThat(facts.taints()).isEmpty();
            assertThat(facts.dieCount()).hasValue(0);
        }
    }

    private static double firstNumber(Path file) throws IOException {
        return Double.parseDouble(Files.readString(file).split(" ", -1)[0]);
    }

    @Test
    void taintsAreToldByTheirBits() {
        assertThat(Taint.of(0x3201).stream().map(Taint::letter)).containsExactly('P', 'W', 'O', 'E');
        assertThat(Taint.ofLetter('L').orElseThrow().bit()).isEqualTo(14);
    }
}
