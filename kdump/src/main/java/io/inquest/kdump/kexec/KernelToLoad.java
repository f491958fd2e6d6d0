package io.inquest.kdump.kexec;

import java.nio.file.Path;
import java.util.Optional;

/// A kernel to be loaded beside the running one.
///
/// @param image as it is booted: a bzImage, Image, vmlinux or what the kernel's own loader takes
/// @param initrd its initial file system, if it has one
/// @param commandLine its parameters
public record KernelToLoad(Path image, Optional<Path> initrd, String commandLine) {}
