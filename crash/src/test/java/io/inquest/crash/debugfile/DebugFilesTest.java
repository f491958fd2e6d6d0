package io.inquest.crash.debugfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inquest.dump.DumpException;
import io.inquest.kernel.Kernel;
import io.inquest.kernel.dwarf.IndexStore;
import io.inquest.kernel.type.KernelType;
import io.inquest.testkit.DwarfBuilder;
import io.inquest.testkit.ElfObjectBuilder;
import io.inquest.testkit.Samples;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DebugFilesTest {

    private static final int STRUCT = 0x13;
    private static final int VARIABLE = 0x34;

    @TempDir
    private Path folder;

    private static Kernel kernel() throws IOException {
        return Kernel.open(Samples.unpack("6.12-d1"));
    }

    private static String buildId(Kernel kernel) {
        return kernel.vmcoreInfo().string("BUILD-ID").orElseThrow();
    }

    private static String release(Kernel kernel) {
        return kernel.vmcoreInfo().string("OSRELEASE").orElseThrow();
    }

    /// A vmlinux that describes one struct, which no kernel has.
    private static byte[] vmlinux(String buildId) {
        DwarfBuilder dwarf = DwarfBuilder.version(5);
        DwarfBuilder.Entry unit = dwarf.unit("a.c");
        DwarfBuilder.Entry struct = unit.child(STRUCT).name("only_here").data1(0x0b, 24);
        unit.child(VARIABLE).name("a_global").type(struct);
        return dwarf.addTo(ElfObjectBuilder.executable().buildId(buildId)).build();
    }

    private DebugFiles files() {
        return new DebugFiles(folder.resolve("vmcore"), List.of(folder.resolve("debug")), IndexStore.NONE);
    }

    @Test
    void givenVmlinuxAddsItsTypes() throws IOException {
        try (Kernel kernel = kernel()) {
            Path file = Files.write(folder.resolve("given"), vmlinux(buildId(kernel)));
            List<String> told = new ArrayList<>();
            assertThat(files().useGiven(kernel, file, told::add)).isTrue();
            assertThat(told).isEmpty();
            assertThat(kernel.types().struct("only_here").bytes()).isEqualTo(24);
            assertThat(kernel.types().variable("a_global").map(KernelType::name))
                    .contains("struct only_here");
            assertThat(kernel.types().struct("task_struct").offsetOf("comm")).isPositive();
        }
    }

    @Test
    void vmlinuxOfAnotherKernelIsRefusedInOneSentenceAndAnswersGoOn() throws IOException {
        try (Kernel kernel = kernel()) {
            Path file = Files.write(folder.resolve("wrong"), vmlinux("00112233445566778899"));
            List<String> told = new ArrayList<>();
            assertThat(files().useGiven(kernel, file, told::add)).isFalse();
            assertThat(told)
                    .containsExactly(file + ": is not the vmlinux of this dump: its build id is 00112233445566778899,"
                            + " the dump's kernel has " + buildId(kernel) + "; going on without it");
            assertThat(kernel.vmlinux()).isEmpty();
            assertThat(kernel.types().struct("task_struct").offsetOf("comm")).isPositive();
        }
    }

    @Test
    void whatIsNoVmlinuxIsTold() throws IOException {
        try (Kernel kernel = kernel()) {
            List<String> told = new ArrayList<>();
            files().useGiven(kernel, folder.resolve("missing"), told::add);
            files().useGiven(kernel, Files.writeString(folder.resolve("text"), "not an ELF file at all"), told::add);
            byte[] stripped =
                    ElfObjectBuilder.executable().buildId(buildId(kernel)).build();
            files().useGiven(kernel, Files.write(folder.resolve("stripped"), stripped), told::add);
            byte[] nameless = ElfObjectBuilder.executable().build();
            files().useGiven(kernel, Files.write(folder.resolve("nameless"), nameless), told::add);
            assertThat(told).hasSize(4);
            assertThat(told.get(0)).endsWith("missing: cannot be opened: no such file; going on without it");
            assertThat(told.get(1)).contains("is no ELF object");
            assertThat(told.get(2)).contains("has no debug information");
            assertThat(told.get(3)).contains("cannot be checked to be the vmlinux of this dump");
        }
    }

    @Test
    void vmlinuxIsFoundByBuildIdThenByRelease() throws IOException {
        try (Kernel kernel = kernel()) {
            String id = buildId(kernel);
            Path byRelease = folder.resolve("debug/boot/vmlinux-" + release(kernel));
            Path byId = folder.resolve("debug/.build-id/" + id.substring(0, 2) + "/" + id.substring(2) + ".debug");
            Files.createDirectories(byRelease.getParent());
            Files.write(byRelease, vmlinux(id));
            Files.write(folder.resolve("vmlinux"), vmlinux("00"));
            assertThat(files().useFound(kernel)).contains(byRelease);
            Files.createDirectories(byId.getParent());
            Files.write(byId, vmlinux(id));
            assertThat(files().useFound(kernel)).contains(byId);
        }
    }

    @Test
    void vmlinuxBesideTheDumpIsFoundFirst() throws IOException {
        try (Kernel kernel = kernel()) {
            Path beside = Files.write(folder.resolve("vmlinux"), vmlinux(buildId(kernel)));
            assertThat(files().useFound(kernel)).contains(beside);
            assertThat(files().places(kernel)).contains(Path.of("/boot/vmlinux-" + release(kernel)));
        }
    }

    @Test
    void vmlinuxAloneTellsTypesWhereBtfIsTakenAway() throws IOException {
        try (Kernel kernel = kernel()) {
            kernel.ignoreBtf();
            assertThatThrownBy(kernel::types)
                    .isInstanceOf(DumpException.class)
                    .hasMessageContaining("give its vmlinux");
            Path file = Files.write(folder.resolve("given"), vmlinux(buildId(kernel)));
            assertThat(files().useGiven(kernel, file, told -> {})).isTrue();
            assertThat(kernel.types().findStruct("only_here")).isPresent();
            assertThat(kernel.types().findStruct("task_struct")).isEmpty();
        }
    }

    @Test
    void debugFilesOfModulesAreFoundByNameAndAddTheirTypes() throws IOException {
        try (Kernel kernel = kernel()) {
            String module = kernel.modules().all().getFirst().name();
            DwarfBuilder dwarf = DwarfBuilder.version(5);
            dwarf.unit("a.c").child(STRUCT).name("only_in_module").data1(0x0b, 40);
            Path file = folder.resolve("debug/lib/modules/" + release(kernel) + "/kernel/x/" + module + ".ko.debug");
            Files.createDirectories(file.getParent());
            Files.write(file, dwarf.addTo(ElfObjectBuilder.relocatable()).build());
            Files.writeString(file.resolveSibling("not_loaded.ko"), "");
            assertThat(files().useFoundModules(kernel)).containsExactly(module);
            assertThat(kernel.moduleDebugFiles()).hasSize(1);
            assertThat(kernel.typesWithModules().struct("only_in_module").bytes())
                    .isEqualTo(40);
            assertThat(kernel.types().findStruct("only_in_module")).isEmpty();
        }
    }

    @Test
    void whereTheModulesAreNotKnownNoneOfTheirFilesIsUsed() throws IOException {
        try (Kernel kernel = kernel()) {
            Path file = folder.resolve("debug/lib/modules/" + release(kernel) + "/kernel/x/ext4.ko.debug");
            Files.createDirectories(file.getParent());
            Files.write(file, ElfObjectBuilder.relocatable().build());
            kernel.ignoreBtf();
            assertThat(files().useFoundModules(kernel)).isEmpty();
        }
    }

    @Test
    void debugFileOfAModuleThatWasNotLoadedIsRefused() throws IOException {
        try (Kernel kernel = kernel()) {
            Path file = Files.write(
                    folder.resolve("a.ko"), ElfObjectBuilder.relocatable().build());
            List<String> told = new ArrayList<>();
            assertThat(files().useGivenModule(kernel, "no_such_module", file, told::add))
                    .isFalse();
            assertThat(told).containsExactly(file + ": no module no_such_module was loaded; going on without it");
        }
    }

    @Test
    void moduleIsNamedByItsFile() {
        assertThat(ModuleFiles.moduleOf("dm-mod.ko")).contains("dm_mod");
        assertThat(ModuleFiles.moduleOf("xfs.ko.debug")).contains("xfs");
        assertThat(ModuleFiles.moduleOf("modules.dep")).isEmpty();
    }
}
