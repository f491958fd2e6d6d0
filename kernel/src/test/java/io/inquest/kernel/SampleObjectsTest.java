package io.inquest.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import io.inquest.kernel.object.KernelObject;
import io.inquest.kernel.object.PerCpu;
import io.inquest.kernel.symbol.Symbols;
import io.inquest.kernel.type.GlobalTypes;
import io.inquest.kernel.type.MissingType;
import io.inquest.kernel.type.TypeSource;
import io.inquest.testkit.Samples;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Variables of real dumps as typed objects, judged by what the live kernel had said.
final class SampleObjectsTest {

    @ParameterizedTest
    @ValueSource(strings = {"6.1-d31", "6.12-d1", "7.2-d23-flat"})
    void globalVariablesReadAsTheLiveKernelSaid(String sample) throws IOException {
        try (Kernel kernel = Kernel.open(Samples.unpack(sample))) {
            String version = Files.readString(Samples.truth(sample).resolve("version"));
            String commandLine = Files.readString(Samples.truth(sample).resolve("cmdline"));

            assertThat(kernel.object("linux_banner").string()).isEqualTo(version);
            assertThat(kernel.object("saved_command_line").string().strip()).isEqualTo(commandLine.strip());
            assertThat(kernel.object("init_task").member("comm").string()).isEqualTo("swapper/0");
            assertThat(kernel.object("init_uts_ns").member("name.release").string())
                    .isEqualTo(kernel.vmcoreInfo().osRelease().orElseThrow());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"6.1-d31", "6.12-d1", "7.2-d23-flat"})
    void everyCpuHasItsOwnCopyOfWhatIsPerCpu(String sample) throws IOException {
        try (Kernel kernel = Kernel.open(Samples.unpack(sample))) {
            PerCpu perCpu = kernel.perCpu();

            assertThat(perCpu.possible().count()).isEqualTo(cpus(sample));
            for (int cpu : perCpu.possible().cpus()) {
                KernelObject idle =
                        kernel.perCpu("runqueues", cpu).member("idle").dereference();
                assertThat(kernel.perCpu("runqueues", cpu).member("cpu").intValue())
                        .isEqualTo(cpu);
                assertThat(idle.member("comm").string()).isEqualTo("swapper/" + cpu);
            }
        }
    }

    private static long cpus(String sample) throws IOException {
        try (Stream<String> lines = Files.lines(Samples.truth(sample).resolve("cpuinfo"))) {
            return lines.filter(line -> line.startsWith("processor")).count();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"6.1-d31", "6.12-d1", "7.2-d23-flat"})
    void everyGlobalOfTheTableHasATypeWhereItsSymbolIs(String sample) throws IOException {
        try (Kernel kernel = Kernel.open(Samples.unpack(sample))) {
            List<String> untyped = new ArrayList<>();
            int typed = 0;
            Symbols symbols = kernel.symbols();
            for (String symbol : table(kernel).symbols()) {
                try {
                    typed += kernel.findObject(symbol).isPresent() ? 1 : 0;
                } catch (MissingType missing) {
                    untyped.add(symbol + " of " + symbols.find(symbol).orElseThrow());
                }
            }

            assertThat(untyped).isEmpty();
            assertThat(typed).isGreaterThan(200);
        }
    }

    private static GlobalTypes table(Kernel kernel) throws IOException {
        for (TypeSource source : kernel.types().sources()) {
            if (source instanceof GlobalTypes globals) {
                return globals;
            }
        }
        throw new AssertionError("no table of globals among " + kernel.types().sources());
    }
}
