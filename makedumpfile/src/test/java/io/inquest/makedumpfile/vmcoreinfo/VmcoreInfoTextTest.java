package io.inquest.makedumpfile.vmcoreinfo;

import static org.assertj.core.api.Assertions.assertThat;

import io.inquest.kernel.Kernel;
import io.inquest.kernel.VmcoreInfo;
import io.inquest.testkit.Samples;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What types and symbols say, against what the kernel exported itself.
final class VmcoreInfoTextTest {

    /// Since 4.15 a pointer, of which the kernel exports the value and type information the address.
    private static final String POINTER = "SYMBOL(mem_section)";

    @ParameterizedTest
    @ValueSource(strings = {"6.1-d31", "6.12-d1", "7.2-d23-flat"})
    void symbolsAndTypesSayWhatTheKernelExported(String sample) throws Exception {
        try (Kernel kernel = Kernel.open(Samples.unpack(sample))) {
            KernelFacts facts = KernelFacts.of(kernel);
            List<String> different = new ArrayList<>();
            int compared = 0;
            for (Key key : VmcoreInfoText.KEYS) {
                Optional<String> exported = kernel.vmcoreInfo().string(key.text());
                Optional<String> made = key.line(facts);
                if (exported.isPresent() && made.isPresent()) {
                    compared++;
                    if (!made.get().equals(key.text() + "=" + exported.get())) {
                        different.add(made.get() + ", exported: " + exported.get());
                    }
                }
            }
            assertThat(compared).isGreaterThan(45);
            assertThat(different).allMatch(line -> line.startsWith(POINTER)).hasSizeLessThanOrEqualTo(1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"6.1-d31", "7.2-d23-flat"})
    void theTextHasEveryLineOfTheNoteButTheTimeOfTheCrash(String sample) throws Exception {
        try (Kernel kernel = Kernel.open(Samples.unpack(sample))) {
            VmcoreInfo note = kernel.vmcoreInfo();
            String text = VmcoreInfoText.of(kernel.utsname().release(), 4096, KernelFacts.of(kernel), note);

            List<String> kept = note.text()
                    .lines()
                    .filter(line -> !line.startsWith("CRASHTIME="))
                    .toList();
            assertThat(text.lines().toList()).containsAll(kept).doesNotHaveDuplicates();
            assertThat(text)
                    .startsWith("OSRELEASE=")
                    .doesNotContain("CRASHTIME=")
                    .contains("NUMBER(N_ONLINE)=");
        }
    }
}
