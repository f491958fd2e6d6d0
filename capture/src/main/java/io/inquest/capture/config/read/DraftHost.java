package io.inquest.capture.config.read;

import io.inquest.capture.config.AbsolutePath;
import io.inquest.capture.config.CaptureKernel;
import io.inquest.capture.config.CommandLineEdit;
import io.inquest.capture.config.KernelChoice;
import io.inquest.capture.config.LogLevels;
import io.inquest.capture.config.Mail;
import io.inquest.capture.config.Secret;
import io.inquest.capture.config.Service;
import io.inquest.capture.config.Setting;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// What is read of the capture kernel and of the host's service.
final class DraftHost {

    private static final List<AbsolutePath> BOOT_FOLDERS = List.of(
            new AbsolutePath("/boot"), new AbsolutePath("/boot/efi"), new AbsolutePath("/efi"), AbsolutePath.ROOT);

    /// What kdump-utils removes where no file says otherwise.
    private static final List<String> REMOVED_PARAMETERS = List.of("hugepages", "hugepagesz", "slub_debug");

    Setting<KernelChoice> kernel = Setting.byDefault(new KernelChoice.Running());
    Setting<List<AbsolutePath>> bootFolders = Setting.byDefault(BOOT_FOLDERS);
    Setting<String> imageName = Setting.byDefault("vmlinuz");
    Setting<String> imageSuffix = Setting.byDefault("");
    Setting<Optional<AbsolutePath>> initrd = Setting.byDefault(Optional.empty());
    Setting<Optional<String>> commandLineBase = Setting.byDefault(Optional.empty());
    Setting<List<String>> commandLineRemove = Setting.byDefault(REMOVED_PARAMETERS);
    Setting<Optional<String>> commandLineAppend = Setting.byDefault(Optional.empty());
    Setting<Optional<String>> moduleOptions = Setting.byDefault(Optional.empty());
    Setting<Optional<String>> fadumpAppend = Setting.byDefault(Optional.empty());
    Setting<List<String>> kexecArguments = Setting.byDefault(List.of());
    Setting<OptionalInt> cpus = Setting.byDefault(OptionalInt.empty());
    Setting<Optional<String>> crashkernel = Setting.byDefault(Optional.empty());
    Setting<Boolean> autoResetCrashkernel = Setting.byDefault(true);

    Setting<Boolean> enabled = Setting.byDefault(true);
    Setting<Boolean> testNotice = Setting.byDefault(true);
    Setting<Boolean> fadump = Setting.byDefault(false);
    Setting<Boolean> autoResize = Setting.byDefault(false);
    Setting<Boolean> updateBootLoader = Setting.byDefault(true);
    Setting<Integer> standardErrorLevel = Setting.byDefault(3);
    Setting<Integer> syslogLevel = Setting.byDefault(0);
    Setting<Integer> kernelLogLevel = Setting.byDefault(0);
    Setting<Optional<String>> mailServer = Setting.byDefault(Optional.empty());
    Setting<Optional<String>> mailUser = Setting.byDefault(Optional.empty());
    Setting<Optional<Secret>> mailPassword = Setting.byDefault(Optional.empty());
    Setting<Optional<String>> mailTo = Setting.byDefault(Optional.empty());
    Setting<Optional<String>> mailCopyTo = Setting.byDefault(Optional.empty());

    CaptureKernel kernel() {
        return new CaptureKernel(
                kernel,
                bootFolders,
                imageName,
                imageSuffix,
                initrd,
                new CommandLineEdit(commandLineBase, commandLineRemove, commandLineAppend, moduleOptions),
                fadumpAppend,
                kexecArguments,
                cpus,
                crashkernel,
                autoResetCrashkernel);
    }

    Service service() {
        return new Service(
                enabled,
                testNotice,
                fadump,
                autoResize,
                updateBootLoader,
                new LogLevels(standardErrorLevel, syslogLevel, kernelLogLevel),
                new Mail(mailServer, mailUser, mailPassword, mailTo, mailCopyTo));
    }
}
