package io.inquest.makedumpfile;

import static org.assertj.core.api.Assertions.assertThat;

import io.inquest.dump.Warnings;
import io.inquest.dump.codec.Compression;
import io.inquest.kernel.Kernel;
import io.inquest.kernel.VmcoreInfo;
import io.inquest.testkit.KeptPages;
import io.inquest.testkit.Samples;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `-x`, with a vmlinux made of the sample's own kernel and a copy of the sample that lost its vmcoreinfo.
class VmlinuxTest {

    private static final String SAMPLE = "6.12-d1";

    /// Since 4.15 a pointer, of which the kernel exports the value and a vmlinux has the address.
    private static final String POINTER = "SYMBOL(mem_section)";

    @TempDir
    private static Path shared;

    private static Path vmlinux;
    private static Path withoutNote;

    @TempDir
    private Path folder;

    @BeforeAll
    static void make() throws IOException {
        vmlinux = shared.resolve("vmlinux");
        withoutNote = shared.resolve("vmcore");
        Path sample = Samples.unpack(SAMPLE);
        try (Kernel kernel = Kernel.open(sample)) {
            Files.write(vmlinux, new MadeVmlinux(kernel).build());
        }
        new Conversion(
                        List.of(sample.toString()),
                        withoutNote.toString(),
                        Conversion.Form.ELF,
                        Compression.NONE,
                        Conversion.Replacement.REFUSE)
                .run(Warnings.NONE);
        loseNote(withoutNote);
    }

    /// Gives the note a name that nobody asks for.
    private static void loseNote(Path core) throws IOException {
        byte[] bytes = Files.readAllBytes(core);
        byte[] name = "VMCOREINFO\0".getBytes(StandardCharsets.US_ASCII);
        int at = 0;
        while (!startsAt(bytes, at, name)) {
            at++;
        }
        bytes[at] = 'N';
        Files.write(core, bytes);
    }

    private static boolean startsAt(byte[] bytes, int at, byte[] wanted) {
        for (int i = 0; i < wanted.length; i++) {
            if (bytes[at + i] != wanted[i]) {
                return false;
            }
        }
        return true;
    }

    private CommandRun run(String... words) {
        return CommandRun.makedumpfile(words);
    }

    private String out() {
        return folder.resolve("out").toString();
    }

    @Test
    void whatAVmlinuxSaysIsWhatItsKernelExported() throws IOException {
        CommandRun run = run("-g", out(), "-x", vmlinux.toString());

        assertThat(run.out()).isEqualTo("\nThe vmcoreinfo is saved to " + out() + ".\n\nmakedumpfile Completed.\n");
        VmcoreInfo made = VmcoreInfo.parse(Files.readString(Path.of(out())));
        try (Kernel kernel = Kernel.open(Samples.unpack(SAMPLE))) {
            VmcoreInfo exported = kernel.vmcoreInfo();
            assertThat(made.osRelease()).isEqualTo(exported.osRelease());
            assertThat(made.pageSize()).hasValue(4096);
            assertThat(made.number("SECTION_SIZE_BITS")).isEqualTo(exported.number("SECTION_SIZE_BITS"));
            assertThat(made.symbol("_stext").orElseThrow())
                    .isEqualTo(exported.symbol("_stext").orElseThrow() - exported.kernelOffset());
            List<String> compared = made.text()
                    .lines()
                    .map(line -> line.substring(0, line.indexOf('=')))
                    .filter(key -> exported.string(key).isPresent() && !key.startsWith("SYMBOL("))
                    .toList();
            assertThat(compared)
                    .hasSizeGreaterThan(60)
                    .allSatisfy(key -> assertThat(made.string(key)).as(key).isEqualTo(exported.string(key)));
            assertThat(exported.symbol("mem_section")).isPresent();
            assertThat(made.string(POINTER)).isPresent();
        }
    }

    @Test
    void aDumpThatLostItsNoteIsFilteredAsIfItHadIt() throws IOException {
        CommandRun run = run("-d", "31", "-x", vmlinux.toString(), withoutNote.toString(), out());

        assertThat(run.exitCode()).as(run.out() + run.err()).isZero();
        assertThat(KeptPages.of(Path.of(out())))
                .isEqualTo(KeptPages.recorded(SAMPLE + "/reference/makedumpfile-1.7.8-kept.txt", 31));
        try (Kernel kernel = Kernel.open(Path.of(out()))) {
            assertThat(kernel.utsname().release()).startsWith("6.12.");
            assertThat(kernel.tasks()).hasSizeGreaterThan(50);
        }
    }

    @Test
    void aDumpWithItsNoteIsFilteredAsWithoutAVmlinux() throws IOException {
        CommandRun run =
                run("-d", "31", "-x", vmlinux.toString(), Samples.unpack(SAMPLE).toString(), out());

        assertThat(run.exitCode()).as(run.out() + run.err()).isZero();
        assertThat(KeptPages.of(Path.of(out())))
                .isEqualTo(KeptPages.recorded(SAMPLE + "/reference/makedumpfile-1.7.8-kept.txt", 31));
    }

    @Test
    void theLogOfADumpThatLostItsNoteIsSaved() throws IOException {
        String whole = folder.resolve("whole").toString();
        run("--dump-dmesg", Samples.unpack(SAMPLE).toString(), whole);

        CommandRun run = run("--dump-dmesg", "-x", vmlinux.toString(), withoutNote.toString(), out());

        assertThat(run.exitCode()).as(run.out() + run.err()).isZero();
        assertThat(Path.of(out())).hasSameBinaryContentAs(Path.of(whole));
    }

    @Test
    void anotherKernelsVmlinuxIsRefusedInOneLine() throws IOException {
        Path other = folder.resolve("other");
        try (Kernel kernel = Kernel.open(Samples.unpack("6.1-d31"))) {
            Files.write(other, new MadeVmlinux(kernel).build());
        }

        assertRefused(Samples.unpack(SAMPLE), other, "is not the vmlinux of this dump: its build id is ");
        assertRefused(withoutNote, other, "its kernel did not run in ");
    }

    @Test
    void aFileThatIsNoVmlinuxIsRefusedInOneLine() throws IOException {
        Path text = Files.writeString(folder.resolve("text"), "this is no kernel at all");
        Path debugOnly = folder.resolve("debug");
        try (Kernel kernel = Kernel.open(Samples.unpack(SAMPLE))) {
            Files.write(debugOnly, new MadeVmlinux(kernel).buildDebugOnly());
        }

        assertRefused(Samples.unpack(SAMPLE), text, "is no ELF object");
        assertRefused(Samples.unpack(SAMPLE), debugOnly, "does not say its release");
        assertRefused(
                Samples.unpack(SAMPLE),
                folder.resolve("absent"),
                "open_kernel_file: Can't open the kernel file(" + folder.resolve("absent")
                        + "). No such file or directory");
    }

    private void assertRefused(Path dump, Path file, String why) {
        CommandRun run = run("-d", "31", "-x", file.toString(), dump.toString(), out());

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).contains(why).hasLineCount(1);
        assertThat(Path.of(out())).doesNotExist();
    }

    @Test
    void aDamagedVmlinuxEndsInOneLineOrInAnAnswer() throws IOException {
        byte[] whole = Files.readAllBytes(vmlinux);
        int tables = (int) readLong(whole, 40);
        Random random = new Random(7);
        Path damaged = folder.resolve("damaged");
        for (int i = 0; i < 12; i++) {
            byte[] bytes = whole.clone();
            int at = i % 2 == 0 ? random.nextInt(64) : tables + random.nextInt(bytes.length - tables);
            bytes[at] ^= (byte) (1 << random.nextInt(8));
            Files.write(damaged, i == 0 ? Arrays.copyOf(whole, whole.length / 2) : bytes);

            CommandRun run = run("-f", "-g", out(), "-x", damaged.toString());

            assertThat(run.exitCode()).isIn(0, 1);
            assertThat(run.err().lines().count()).isLessThanOrEqualTo(1);
        }
    }

    private static long readLong(byte[] bytes, int at) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong(at);
    }
}
