package io.inquest.kernel.symbol;

import static org.assertj.core.api.Assertions.assertThat;

import io.inquest.dump.Dump;
import io.inquest.dump.Dumps;
import io.inquest.dump.Warnings;
import io.inquest.kernel.Kernel;
import io.inquest.testkit.Samples;
import java.io.IOException;
import java.nio.file.Files;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Symbols of real dumps, judged by the guest's own `/proc/kallsyms`.
final class SampleSymbolsTest {

    @ParameterizedTest
    @CsvSource({
        "6.1-d31, 'kallsyms (vmcoreinfo, base-relative, signed)'",
        "6.12-d1, 'kallsyms (vmcoreinfo, base-relative, signed)'",
        "7.2-d23-flat, 'kallsyms (vmcoreinfo, place-relative)'",
    })
    void coreSymbolsAreThoseOfTheLiveKernel(String sample, String source) throws IOException {
        try (Dump dump = Dumps.open(List.of(Samples.unpack(sample)), Warnings.NONE)) {
            Symbols symbols = Kernel.open(dump, Warnings.NONE).symbols();
            List<String> truth = Files.readAllLines(Samples.truth(sample).resolve("kallsyms.part")).stream()
                    .filter(line -> line.indexOf('[') < 0)
                    .toList();

            List<String> lines =
                    symbols.core().stream().map(SampleSymbolsTest::line).toList();

            assertThat(symbols.source()).isEqualTo(source);
            assertThat(truth).hasSizeGreaterThan(1000).allMatch(lines::contains);
        }
    }

    private static String line(Symbol symbol) {
        return HexFormat.of().toHexDigits(symbol.address()) + " " + symbol.type() + " " + symbol.name();
    }
}
