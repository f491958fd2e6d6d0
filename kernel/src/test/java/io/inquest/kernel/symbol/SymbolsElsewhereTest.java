package io.inquest.kernel.symbol;

import static org.assertj.core.api.Assertions.assertThat;

import io.inquest.dump.Dumps;
import io.inquest.dump.Warnings;
import io.inquest.kernel.Kernel;
import io.inquest.kernel.OpenSamples;
import io.inquest.kernel.task.Task;
import io.inquest.testkit.Samples;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Real kernels whose kallsyms is hidden: what they export is found, and is the same.
final class SymbolsElsewhereTest {

    @ParameterizedTest
    @ValueSource(strings = {"6.1-d31", "6.12-d1", "7.2-d23-flat"})
    void exportedSymbolsAreFoundWithoutKallsyms(String sample) throws IOException {
        Kernel whole = OpenSamples.kernel(sample);
        try (Kernel kernel = Kernel.open(Dumps.open(List.of(Samples.unpack(sample)), Warnings.NONE), Warnings.NONE)) {
            kernel.ignoreKallsyms();
            SymbolTable exported = kernel.symbols().core();

            assertThat(exported.size()).isGreaterThan(8000);
            assertThat(exported.stream()
                            .filter(each -> !whole.vmcoreInfo().symbols().containsKey(each.name())))
                    .allSatisfy(each -> assertThat(whole.symbols().core().all(each.name()))
                            .extracting(Symbol::address)
                            .contains(each.address()));
            assertThat(kernel.symbols().source()).startsWith("exported symbols only");
            assertThat(kernel.tasks()).extracting(Task::pid).containsAll(pids(whole));
        }
    }

    private static List<Integer> pids(Kernel kernel) throws IOException {
        List<Integer> pids = new ArrayList<>();
        for (Task task : kernel.tasks()) {
            pids.add(task.pid());
        }
        return pids;
    }
}
