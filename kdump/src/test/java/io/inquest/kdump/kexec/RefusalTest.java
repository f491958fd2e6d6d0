package io.inquest.kdump.kexec;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Each error has its cause, as far as the kernel says more of itself, and its remedy.
final class RefusalTest {

    private static KexecState state(long crashBytes, boolean disabled, long left, String lockdown) {
        return new KexecState(
                true,
                false,
                false,
                OptionalLong.of(crashBytes),
                disabled,
                left < 0 ? OptionalLong.empty() : OptionalLong.of(left),
                lockdown.isEmpty() ? Optional.empty() : Optional.of(lockdown));
    }

    private static String of(KernelSlot slot, KexecState state, int number) {
        return new Refusal(slot, state).sentence(number);
    }

    @Test
    void whatIsNotPermittedNamesWhatForbidsIt() {
        assertThat(of(KernelSlot.CRASH, state(1, true, -1, ""), 1)).contains("kernel.kexec_load_disabled is 1");
        assertThat(of(KernelSlot.CRASH, state(1, false, 0, ""), 1)).contains("kexec_load_limit_panic is 0");
        assertThat(of(KernelSlot.REBOOT, state(1, false, 0, ""), 1)).contains("CAP_SYS_BOOT");
        assertThat(of(KernelSlot.CRASH, state(1, false, -1, "integrity"), 1)).contains("locked down (integrity)");
    }

    @Test
    void tooLittleMemorySaysHowMuchThereIs() {
        assertThat(of(KernelSlot.CRASH, state(128 << 20, false, -1, ""), 99))
                .contains("128 MiB")
                .endsWith("boot with a larger crashkernel=");
        assertThat(of(KernelSlot.CRASH, state(0, false, -1, ""), 22)).contains("no memory is reserved");
        assertThat(of(KernelSlot.REBOOT, state(0, false, -1, ""), 12)).contains("not enough free memory");
    }

    @ParameterizedTest
    @CsvSource({"61, ENODATA", "65, ENOPKG", "74, EBADMSG", "80, ELIBBAD", "90, EMSGSIZE", "126, ENOKEY"})
    void signaturesAreNamed(int number, String name) {
        assertThat(of(KernelSlot.CRASH, state(1, false, -1, ""), number)).contains("signature", "(" + name + ")");
    }

    @ParameterizedTest
    @CsvSource({
        "8, an image of this kind",
        "13, SELinux",
        "16, at the same time",
        "22, the kernel's log has more",
        "27, 4 GiB",
        "38, CONFIG_KEXEC_FILE",
        "5, error 5"
    })
    void othersSayWhatIsToBeDone(int number, String what) {
        assertThat(of(KernelSlot.CRASH, state(1, false, -1, ""), number)).contains(what);
    }
}
