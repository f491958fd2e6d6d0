package io.inquest.kernel.type.btf;

import static org.assertj.core.api.Assertions.assertThat;

import io.inquest.dump.Dump;
import io.inquest.dump.Dumps;
import io.inquest.dump.Warnings;
import io.inquest.kernel.Kernel;
import io.inquest.kernel.type.StructType;
import io.inquest.kernel.type.Types;
import io.inquest.testkit.Samples;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The BTF of real dumps, judged by what vmcoreinfo says of the same structs.
final class SampleBtfTest {

    @ParameterizedTest
    @ValueSource(strings = {"6.1-d31", "6.12-d1", "7.2-d23-flat"})
    void sizesAndOffsetsAreThoseOfVmcoreinfo(String sample) throws IOException {
        List<String> differing = new ArrayList<>();
        int compared = 0;
        try (Dump dump = Dumps.open(List.of(Samples.unpack(sample)), Warnings.NONE)) {
            Kernel kernel = Kernel.open(dump, Warnings.NONE);
            Types types = kernel.types();
            for (String line : kernel.vmcoreInfo().text().lines().toList()) {
                String found = answer(types, line);
                if (!found.isEmpty()) {
                    compared++;
                    if (!line.equals(found)) {
                        differing.add(line + " but BTF: " + found);
                    }
                }
            }
        }

        assertThat(differing).isEmpty();
        assertThat(compared).isGreaterThan(60);
    }

    @Test
    void scanOfTheImageFindsWhatTheSymbolsTell() throws IOException {
        try (Kernel kernel = Kernel.open(Samples.unpack("6.12-d1"))) {
            Btf found = KernelBtf.scan(kernel.space(), kernel.vmcoreInfo());

            assertThat(found.describe())
                    .isEqualTo(kernel.types().sources().getFirst().describe());
        }
    }

    /// What BTF says in place of a SIZE or OFFSET line.
    private static String answer(Types types, String line) {
        int open = line.indexOf('(');
        int close = line.indexOf(')');
        String name = open > 0 && close > open ? line.substring(open + 1, close) : "";
        if (line.startsWith("SIZE(")) {
            return types.find("struct " + name)
                    .or(() -> types.find("union " + name))
                    .or(() -> types.find(name))
                    .map(type -> "SIZE(" + name + ")=" + type.bytes())
                    .orElse("nothing");
        }
        if (line.startsWith("OFFSET(")) {
            int dot = name.indexOf('.');
            StructType struct = types.struct(name.substring(0, dot));
            return "OFFSET(" + name + ")=" + struct.offsetOf(name.substring(dot + 1));
        }
        return "";
    }
}
