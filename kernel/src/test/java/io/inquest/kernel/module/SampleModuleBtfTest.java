package io.inquest.kernel.module;

import static org.assertj.core.api.Assertions.assertThat;

import io.inquest.kernel.Kernel;
import io.inquest.kernel.type.KernelType;
import io.inquest.kernel.type.TypeKind;
import io.inquest.kernel.type.TypeSource;
import io.inquest.kernel.type.Types;
import io.inquest.kernel.type.btf.KernelBtf;
import io.inquest.kernel.type.btf.MalformedBtf;
import io.inquest.testkit.Samples;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The BTF of modules, judged by what the live kernel had in `/sys/kernel/btf`.
final class SampleModuleBtfTest {

    @ParameterizedTest
    @ValueSource(strings = {"6.1-d31", "6.12-d1", "7.2-d23-flat"})
    void sectionsAreByteForByteThoseOfTheLiveKernel(String sample) throws IOException, MalformedBtf {
        Map<String, byte[]> live = live(Samples.truth(sample));
        try (Kernel kernel = Kernel.open(Samples.unpack(sample))) {
            Map<String, byte[]> found = new TreeMap<>();
            for (TypeSource source : kernel.typesWithModules().sources()) {
                if (source instanceof ModuleBtf module) {
                    found.put(module.name(), KernelBtf.read(kernel.space(), module.address(), module.bytes()));
                    assertThat(module.describe())
                            .startsWith("BTF of " + module.name())
                            .doesNotContain("damaged");
                }
            }

            assertThat(found).hasSizeGreaterThanOrEqualTo(10).containsAllEntriesOf(live);
            assertThat(live).isNotEmpty();
        }
    }

    private static Map<String, byte[]> live(Path truth) throws IOException {
        Map<String, byte[]> sections = new TreeMap<>();
        try (Stream<Path> files = Files.list(truth)) {
            for (Path file : files.toList()) {
                String name = file.getFileName().toString();
                if (name.startsWith("btf-") && name.endsWith(".gz")) {
                    try (GZIPInputStream in = new GZIPInputStream(Files.newInputStream(file))) {
                        sections.put(name.substring(4, name.length() - 3), in.readAllBytes());
                    }
                }
            }
        }
        return sections;
    }

    @Test
    void typeOfAModuleLeadsToTypesOfTheKernel() throws IOException {
        try (Kernel kernel = Kernel.open(Samples.unpack("6.12-d1"))) {
            Types types = kernel.typesWithModules();

            assertThat(kernel.types().findStruct("ovl_fs")).isEmpty();
            assertThat(types.struct("ovl_fs").require("workdir").type().name()).isEqualTo("struct dentry *");
            assertThat(types.struct("ovl_entry").bytes()).isPositive();
        }
    }

    @Test
    void typeThatBothHaveIsTheKernels() throws IOException {
        try (Kernel kernel = Kernel.open(Samples.unpack("7.2-d23-flat"))) {
            KernelType own = kernel.types().named(TypeKind.TYPEDEF, "u64").getFirst();

            assertThat(kernel.typesWithModules().named(TypeKind.TYPEDEF, "u64").getFirst())
                    .isSameAs(own);
        }
    }
}
