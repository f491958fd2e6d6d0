package io.inquest.kdump.kexec;

import io.inquest.kdump.host.Inputs;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;

/// What the running kernel says of the kernels that are loaded beside it, and of who may load some.
///
/// @param isSupported whether it was built with kexec at all
/// @param isRebootLoaded whether a kernel for a fast reboot is loaded
/// @param isCrashLoaded whether a capture kernel is loaded
/// @param crashBytes how much memory is reserved for the capture kernel; 0 without `crashkernel=`
/// @param isDisabled whether `kernel.kexec_load_disabled` forbids to load any, until the next boot
/// @param loadsLeft how many capture kernels may still be loaded (`kernel.kexec_load_limit_panic`); empty for any
/// number
/// @param lockdown `integrity` or `confidentiality`, if the kernel is locked down
public record KexecState(
        boolean isSupported,
        boolean isRebootLoaded,
        boolean isCrashLoaded,
        OptionalLong crashBytes,
        boolean isDisabled,
        OptionalLong loadsLeft,
        Optional<String> lockdown) {

    /// Of the machine whose files are below `root`, which is `/` but in tests.
    public static KexecState read(Path root) {
        Path kernel = root.resolve("sys/kernel");
        Path settings = root.resolve("proc/sys/kernel");
        Optional<String> reboot = state(kernel, KernelSlot.REBOOT);
        Optional<String> crash = state(kernel, KernelSlot.CRASH);
        return new KexecState(
                reboot.isPresent() || crash.isPresent(),
                reboot.equals(Optional.of("1")),
                crash.equals(Optional.of("1")),
                number(text(kernel.resolve("kexec/crash_size")).or(() -> text(kernel.resolve("kexec_crash_size")))),
                text(settings.resolve("kexec_load_disabled")).equals(Optional.of("1")),
                limit(number(text(settings.resolve("kexec_load_limit_panic")))),
                lockdown(text(kernel.resolve("security/lockdown")).orElse("")));
    }

    boolean isLoaded(KernelSlot slot) {
        return switch (slot) {
            case REBOOT -> isRebootLoaded;
            case CRASH -> isCrashLoaded;
        };
    }

    private static Optional<String> state(Path kernel, KernelSlot slot) {
        return text(kernel.resolve("kexec").resolve(slot.stateName()))
                .or(() -> text(kernel.resolve(slot.oldStateName())));
    }

    private static Optional<String> text(Path file) {
        try {
            return Optional.of(new String(Inputs.bytes(file), StandardCharsets.ISO_8859_1).strip());
        } catch (IOException notThere) {
            return Optional.empty();
        }
    }

    private static OptionalLong number(Optional<String> text) {
        try {
            return text.isPresent() ? OptionalLong.of(Long.parseLong(text.get())) : OptionalLong.empty();
        } catch (NumberFormatException unknown) {
            return OptionalLong.empty();
        }
    }

    /// Minus one stands for any number.
    private static OptionalLong limit(OptionalLong given) {
        return given.isPresent() && given.getAsLong() >= 0 ? given : OptionalLong.empty();
    }

    /// The word in brackets, as in `none [integrity] confidentiality`.
    private static Optional<String> lockdown(String text) {
        int open = text.indexOf('[');
        int close = text.indexOf(']', open + 1);
        if (open < 0 || close < 0) {
            return Optional.empty();
        }
        String word = text.substring(open + 1, close);
        return word.equals("none") ? Optional.empty() : Optional.of(word);
    }
}
