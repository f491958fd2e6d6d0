package io.inquest.makedumpfile.pipeline;

import io.inquest.dump.Dump;
import io.inquest.dump.DumpException;
import io.inquest.dump.Warnings;
import io.inquest.dump.io.ByteSource;
import io.inquest.dump.io.FileSource;
import io.inquest.kernel.Kernel;
import io.inquest.kernel.VmcoreInfo;
import io.inquest.kernel.VmlinuxFile;
import io.inquest.kernel.arch.Architectures;
import io.inquest.kernel.dwarf.IndexStore;
import io.inquest.kernel.dwarf.SupplementaryFiles;
import io.inquest.makedumpfile.option.Options;
import io.inquest.makedumpfile.vmcoreinfo.KernelFacts;
import io.inquest.makedumpfile.vmcoreinfo.VmcoreInfoText;
import java.io.IOException;
import java.nio.file.Path;

/// `-x`: the kernel of a dump with what its vmlinux tells besides, after a check that the two belong together.
///
/// What the dump's own vmcoreinfo says wins: it is of the kernel that ran. Where that is lost, the image is sought in
/// memory by the banner and the page tables of the vmlinux.
final class VmlinuxAccess {

    private final Dump dump;
    private final Options.Filter filter;
    private final String path;
    private final Warnings warnings;

    VmlinuxAccess(Dump dump, Options.Filter filter, Warnings warnings) {
        this.dump = dump;
        this.filter = filter;
        this.path = filter.vmlinuxFile().orElseThrow();
        this.warnings = warnings;
    }

    /// Opens a vmlinux without a dump.
    static VmlinuxFile openFile(String path) throws IOException {
        ByteSource source = source(path);
        try {
            return VmlinuxFile.open(source, SupplementaryFiles.NONE, IndexStore.NONE);
        } catch (IOException | RuntimeException failure) {
            source.close();
            throw failure;
        }
    }

    private static ByteSource source(String path) throws CommandFailure {
        try {
            return FileSource.open(Path.of(path));
        } catch (IOException failure) {
            throw new CommandFailure(
                    "open_kernel_file: Can't open the kernel file(" + path + "). " + CommandFailure.reason(failure),
                    failure);
        }
    }

    Kernel open() throws IOException {
        try (VmlinuxFile vmlinux = openFile(path)) {
            Kernel kernel =
                    Kernel.open(dump, dump.vmcoreinfo().isPresent() ? completed(vmlinux) : restored(vmlinux), warnings);
            if (filter.eraseConfig().isPresent() || !filter.keptTasks().isEmpty()) {
                useTypes(kernel);
            }
            return kernel;
        }
    }

    /// What the dump says, and behind it what only the vmlinux does.
    private VmcoreInfo completed(VmlinuxFile vmlinux) throws IOException {
        Kernel noted = Kernel.open(dump, warnings);
        long moved = vmlinux.movedIn(noted);
        VmcoreInfo note = noted.vmcoreInfo();
        return note.completedBy(VmcoreInfo.parse(text(vmlinux, moved, note)), address -> false);
    }

    /// What the vmlinux says, and the place that the kernel ran at.
    private VmcoreInfo restored(VmlinuxFile vmlinux) throws IOException {
        String place = Architectures.of(dump.machine())
                .locate(vmlinux.image(), dump.memory())
                .orElseThrow(
                        () -> new DumpException(
                                path + ": its kernel did not run in " + dump.name()
                                        + ", which has no vmcoreinfo: expected its linux_banner in memory, and page tables that map it"));
        VmcoreInfo found = VmcoreInfo.parse(place);
        return VmcoreInfo.parse(text(vmlinux, found.kernelOffset(), found));
    }

    private String text(VmlinuxFile vmlinux, long moved, VmcoreInfo known) throws IOException {
        KernelFacts facts = KernelFacts.of(vmlinux, dump.machine(), moved);
        return VmcoreInfoText.of(vmlinux.release(), dump.machine().pageBytes(), facts, known);
    }

    /// For those who ask for types of any variable; the file is closed with the kernel.
    private void useTypes(Kernel kernel) throws IOException {
        ByteSource source = source(path);
        try {
            kernel.useVmlinux(source, SupplementaryFiles.NONE, IndexStore.NONE);
        } catch (IOException | RuntimeException failure) {
            source.close();
            throw failure;
        }
    }
}
