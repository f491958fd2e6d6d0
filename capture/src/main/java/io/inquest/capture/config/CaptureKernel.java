package io.inquest.capture.config;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// The kernel that captures: which, with what command line, in how much memory, loaded how.
///
/// @param bootFolders where its image is looked for
/// @param imageName the stem of the image's name
/// @param imageSuffix what follows the release in the image's name
/// @param initrd an image that somebody else made (Debian)
/// @param fadumpAppend added when firmware keeps the memory (POWER's fadump)
/// @param kexecArguments further options of kexec(8)
/// @param cpus how many it may use; 0 for all, empty for what its command line says
/// @param crashkernel the reservation; empty for what the boot loader has
/// @param autoResetCrashkernel whether an update may write a new default into the boot loader
public record CaptureKernel(
        Setting<KernelChoice> kernel,
        Setting<List<AbsolutePath>> bootFolders,
        Setting<String> imageName,
        Setting<String> imageSuffix,
        Setting<Optional<AbsolutePath>> initrd,
        CommandLineEdit commandLine,
        Setting<Optional<String>> fadumpAppend,
        Setting<List<String>> kexecArguments,
        Setting<OptionalInt> cpus,
        Setting<Optional<String>> crashkernel,
        Setting<Boolean> autoResetCrashkernel) {}
