package io.inquest.kdump.kexec;

import io.inquest.dump.io.OwnerFile;
import io.inquest.kdump.host.Inputs;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;

/// A copy of the capture kernel that was loaded last, in a folder of its own: when another one is refused, the
/// kernel has let go of it already, and its files may have been replaced.
///
/// Only its owner may read it, since an initrd can hold keys.
public final class LastGood {

    private static final String IMAGE = "kernel";
    private static final String INITRD = "initrd";
    private static final String COMMAND_LINE = "command-line";
    private static final List<String> NAMES = List.of(COMMAND_LINE, INITRD, IMAGE);

    private final Path folder;

    /// @param folder made when it is needed
    public LastGood(Path folder) {
        this.folder = folder;
    }

    /// The kernel that was kept, if there is one and all of it is there.
    Optional<KernelToLoad> kernel() {
        Path image = folder.resolve(IMAGE);
        Path initrd = folder.resolve(INITRD);
        Path line = folder.resolve(COMMAND_LINE);
        if (!Files.isReadable(image) || !Files.isReadable(line)) {
            return Optional.empty();
        }
        try {
            return Optional.of(new KernelToLoad(
                    image,
                    Files.isReadable(initrd) ? Optional.of(initrd) : Optional.empty(),
                    new String(Inputs.bytes(line), StandardCharsets.UTF_8)));
        } catch (IOException none) {
            return Optional.empty();
        }
    }

    /// Keeps a kernel that was loaded. The command line is written last and removed first: without it there is
    /// none.
    void keep(KernelToLoad kernel) throws IOException {
        if (kernel.image().startsWith(folder)) {
            return;
        }
        Files.createDirectories(
                folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        for (String name : NAMES) {
            Files.deleteIfExists(folder.resolve(name));
        }
        copy(kernel.image(), folder.resolve(IMAGE));
        if (kernel.initrd().isPresent()) {
            copy(kernel.initrd().get(), folder.resolve(INITRD));
        }
        try (FileChannel made = OwnerFile.create(folder.resolve(COMMAND_LINE));
                OutputStream out = Channels.newOutputStream(made)) {
            out.write(kernel.commandLine().getBytes(StandardCharsets.UTF_8));
            made.force(true);
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (FileChannel made = OwnerFile.create(to);
                OutputStream out = Channels.newOutputStream(made)) {
            Inputs.copy(from, out);
            made.force(true);
        }
    }
}
