package io.inquest.kdump.initramfs;

import io.inquest.capture.config.Configuration;
import io.inquest.capture.place.Mounts;
import io.inquest.kdump.host.BlockDevices;
import io.inquest.kdump.host.KernelConfig;
import io.inquest.kdump.host.KernelModules;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// What an image is made for, and of.
///
/// @param processOne the program `inquest-init`
/// @param runtime with Java; empty for an image in which process 1 saves the dump alone
/// @param kernel what the capture kernel can do
/// @param modules its modules
/// @param moduleNames further modules than are found to be needed
/// @param configuration what is to be saved, and where
/// @param configurationFiles it was read from
/// @param hooks the folder of `pre.d`, `post.d` and `emergency.d`
/// @param mounts of the running system
/// @param devices of the running system
/// @param silenceSeconds after which Java is ended; 0 for never
/// @param packing of the image; empty for the best
public record ImageRequest(
        Path processOne,
        Optional<RuntimeFolder> runtime,
        KernelConfig kernel,
        KernelModules modules,
        List<String> moduleNames,
        Configuration configuration,
        List<Path> configurationFiles,
        Path hooks,
        Mounts mounts,
        BlockDevices devices,
        int silenceSeconds,
        Optional<Packing> packing) {}
