package io.inquest.cli.kexec;

import static org.assertj.core.api.Assertions.assertThat;

import io.inquest.cli.ExitCode;
import io.inquest.cli.Ran;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `inquest kexec`, as far as it asks no kernel.
final class KexecCommandTest {

    @TempDir
    private Path root;

    private void file(String name, String text) throws IOException {
        Path file = root.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text + "\n");
    }

    private Ran kexec(String... words) {
        String[] all = new String[words.length + 3];
        all[0] = "kexec";
        all[1] = "--root";
        all[2] = root.toString();
        System.arraycopy(words, 0, all, 3, words.length);
        return Ran.inquest(all);
    }

    @Test
    void statusHasTheExitCodesOfKexec() throws IOException {
        file("sys/kernel/kexec_loaded", "0");
        file("sys/kernel/kexec_crash_loaded", "1");
        file("sys/kernel/kexec_crash_size", "268435456");
        Ran crash = kexec("-S");
        assertThat(crash.exitCode()).isEqualTo(1);
        assertThat(crash.out()).isEqualTo("""
                        capture kernel     loaded
                        fast reboot        no kernel is loaded
                        reserved memory    256 MiB
                        """);
        assertThat(kexec("-l", "--status").exitCode()).isZero();
    }

    @Test
    void aKernelWithoutKexecSaysSo() {
        Ran ran = kexec("--status");
        assertThat(ran.exitCode()).isZero();
        assertThat(ran.out()).contains("without CONFIG_KEXEC");
        assertThat(kexec("-p", "vmlinuz").err()).contains("built without kexec");
    }

    @Test
    void whatIsToBeDoneHasToBeOneThing() {
        assertThat(kexec("vmlinuz").err()).contains("one of -l, -p, -u, -e and -S is needed");
        assertThat(kexec("-l", "-p", "vmlinuz").exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(kexec("-e", "-u").exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(kexec("-p").err()).contains("which KERNEL");
        assertThat(kexec("-s", "-c", "-p", "vmlinuz").err()).contains("which of -s, -c and -a?");
    }

    @Test
    void withoutALoadedKernelNothingIsStarted() throws IOException {
        file("sys/kernel/kexec_loaded", "0");
        Ran ran = kexec("-e");
        assertThat(ran.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(ran.err()).contains("no kernel is loaded for a fast reboot");
    }

    @Test
    void memoryThatIsNotReservedIsMissedBeforeAnythingIsAsked() throws IOException {
        file("sys/kernel/kexec_loaded", "0");
        file("sys/kernel/kexec_crash_size", "0");
        Path image = Files.write(root.resolve("vmlinux"), new byte[] {0x7f, 'E', 'L', 'F', 0});
        Ran ran = kexec("-p", "--append=a", image.toString());
        assertThat(ran.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(ran.err()).contains("no memory is reserved for a capture kernel: boot with crashkernel=");
    }
}
