package io.inquest.kernel.symbol;

import static org.assertj.core.api.Assertions.assertThat;

import io.inquest.dump.Dump;
import io.inquest.dump.Dumps;
import io.inquest.dump.Warnings;
import io.inquest.kernel.Kernel;
import io.inquest.kernel.VmcoreInfo;
import io.inquest.testkit.Samples;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Symbols of real dumps, judged by the guest's own `/proc/kallsyms`.
final class SampleSymbolsTest {

    @ParameterizedTest
    @CsvSource({
        "6.1-d31, 'kallsyms (vmcoreinfo, base-relative, signed)'",
        "6.12-d1, 'kallsyms (vmcoreinfo, base-relative, signed)'",
        "7.2-d23-flat, 'kallsyms (vmcoreinfo, place-relative)'",
    })
    void symbolsAreThoseOfTheLiveKernelToTheByte(String sample, String source)
            throws IOException, NoSuchAlgorithmException {
        try (Dump dump = Dumps.open(List.of(Samples.unpack(sample)), Warnings.NONE)) {
            Symbols symbols = Kernel.open(dump, Warnings.NONE).symbols();
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            long lines = symbols.inTableOrder()
                    .map(SampleSymbolsTest::line)
                    .peek(line -> digest.update(line.getBytes(StandardCharsets.ISO_8859_1)))
                    .mapToInt(String::length)
                    .filter(length -> length > 0)
                    .count();

            assertThat(symbols.source()).isEqualTo(source);
            assertThat(lines).hasToString(truth(sample, "kallsyms.lines"));
            assertThat(HexFormat.of().formatHex(digest.digest())).isEqualTo(truth(sample, "kallsyms.sha256"));
            assertThat(symbols.find("zram_add")).map(Symbol::module).contains("zram");
            Symbol inModule = symbols.find("zram_add").orElseThrow();
            assertThat(symbols.at(inModule.address() + 1)).hasToString("Optional[zram_add+0x1 [zram]]");
        }
    }

    /// As `/proc/kallsyms` has it.
    private static String line(Symbol symbol) {
        String module = symbol.module().isEmpty() ? "" : "\t[" + symbol.module() + "]";
        return HexFormat.of().toHexDigits(symbol.address()) + " " + symbol.type() + " " + symbol.name() + module + "\n";
    }

    private static String truth(String sample, String file) throws IOException {
        return Files.readString(Samples.truth(sample).resolve(file)).strip();
    }

    @ParameterizedTest
    @ValueSource(strings = {"6.1-d31", "7.2-d23-flat"})
    void scanFindsWhatVmcoreinfoTells(String sample) throws IOException {
        try (Dump dump = Dumps.open(List.of(Samples.unpack(sample)), Warnings.NONE)) {
            Kernel kernel = Kernel.open(dump, Warnings.NONE);
            String silent = kernel.vmcoreInfo().text().replace("SYMBOL(kallsyms_", "SYMBOL(untold_");

            Kallsyms scanned = Kallsyms.open(kernel.space(), VmcoreInfo.parse(silent));

            assertThat(scanned.source()).startsWith("kallsyms (found by scan, ");
            assertThat(scanned.symbols().stream().toList())
                    .isEqualTo(kernel.symbols().core().stream().toList());
        }
    }
}
