package io.inquest.kdump.kexec;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What `/sys` and `/proc` say is read under its old names and its new ones.
final class KexecStateTest {

    @TempDir
    private Path root;

    private void file(String name, String text) throws IOException {
        Path file = root.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text + "\n");
    }

    @Test
    void aKernelWithoutKexecHasNoneOfTheFiles() {
        KexecState state = KexecState.read(root);
        assertThat(state.isSupported()).isFalse();
        assertThat(state.crashBytes()).isEmpty();
        assertThat(state.lockdown()).isEmpty();
    }

    @Test
    void oldNamesAreRead() throws IOException {
        file("sys/kernel/kexec_loaded", "0");
        file("sys/kernel/kexec_crash_loaded", "1");
        file("sys/kernel/kexec_crash_size", "268435456");
        KexecState state = KexecState.read(root);
        assertThat(state.isSupported()).isTrue();
        assertThat(state.isCrashLoaded()).isTrue();
        assertThat(state.isRebootLoaded()).isFalse();
        assertThat(state.crashBytes()).hasValue(268435456);
    }

    @Test
    void newNamesComeBeforeOldOnes() throws IOException {
        file("sys/kernel/kexec_crash_loaded", "0");
        file("sys/kernel/kexec/crash_loaded", "1");
        file("sys/kernel/kexec/loaded", "1");
        file("sys/kernel/kexec/crash_size", "0");
        KexecState state = KexecState.read(root);
        assertThat(state.isCrashLoaded()).isTrue();
        assertThat(state.isRebootLoaded()).isTrue();
        assertThat(state.crashBytes()).hasValue(0);
    }

    @Test
    void whatForbidsLoadingIsRead() throws IOException {
        file("proc/sys/kernel/kexec_load_disabled", "1");
        file("proc/sys/kernel/kexec_load_limit_panic", "0");
        file("sys/kernel/security/lockdown", "none [integrity] confidentiality");
        KexecState state = KexecState.read(root);
        assertThat(state.isDisabled()).isTrue();
        assertThat(state.loadsLeft()).hasValue(0);
        assertThat(state.lockdown()).hasValue("integrity");
    }

    @Test
    void noLimitAndNoLockdownAreNone() throws IOException {
        file("proc/sys/kernel/kexec_load_limit_panic", "-1");
        file("sys/kernel/security/lockdown", "[none] integrity confidentiality");
        KexecState state = KexecState.read(root);
        assertThat(state.loadsLeft()).isEqualTo(OptionalLong.empty());
        assertThat(state.lockdown()).isEmpty();
    }
}
