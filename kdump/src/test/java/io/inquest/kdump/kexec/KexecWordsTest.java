package io.inquest.kdump.kexec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What is passed on: to kexec(8), from the running kernel's command line, to the kernel.
final class KexecWordsTest {

    @Test
    void theProgramIsAskedForTheOlderCall() {
        KernelToLoad kernel = new KernelToLoad(Path.of("/boot/k"), Optional.of(Path.of("/boot/i")), "a b=\"c d\"");
        assertThat(KexecProgram.loadWords(KernelSlot.CRASH, kernel))
                .containsExactly("kexec", "-c", "-p", "--initrd=/boot/i", "--command-line=a b=\"c d\"", "/boot/k");
        assertThat(KexecProgram.loadWords(KernelSlot.REBOOT, new KernelToLoad(Path.of("k"), Optional.empty(), "")))
                .containsExactly("kexec", "-c", "-l", "--command-line=", "k");
        assertThat(KexecProgram.unloadWords(KernelSlot.CRASH)).containsExactly("kexec", "-c", "-p", "-u");
        assertThat(KexecProgram.unloadWords(KernelSlot.REBOOT)).containsExactly("kexec", "-c", "-u");
    }

    @Test
    void theRunningKernelsParametersAreReusedWithoutWhatIsNotTheNewOnes() {
        String running = "BOOT_IMAGE=/vmlinuz-6.12 root=UUID=1  crashkernel=256M dyndbg=\"file a +p\" quiet\n";
        assertThat(ReusedCommandLine.of(running, "")).isEqualTo("root=UUID=1 dyndbg=\"file a +p\" quiet");
        assertThat(ReusedCommandLine.of(running, "nr_cpus=1"))
                .isEqualTo("root=UUID=1 dyndbg=\"file a +p\" quiet nr_cpus=1");
        assertThat(ReusedCommandLine.of("", "nr_cpus=1")).isEqualTo("nr_cpus=1");
    }

    /// Asked with a flag that no kernel has, so that nothing is loaded or unloaded here.
    @Test
    void whetherTheCallIsThereCanBeAskedOfAnyKernel() {
        assertThatCode(() -> new SystemCalls().isThere()).doesNotThrowAnyException();
    }
}
