package io.inquest.crash.debugfile;

import io.inquest.dump.DumpException;
import io.inquest.dump.Warnings;
import io.inquest.dump.io.FileSource;
import io.inquest.kernel.Kernel;
import io.inquest.kernel.VmcoreInfo;
import io.inquest.kernel.dwarf.IndexStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// Finds the vmlinux of a dump's kernel and gives it to the kernel, if it is the right one. Never required: what is
/// wrong is told in one sentence, and answers go on without.
public final class DebugFiles {

    private final Path dump;
    private final List<Path> directories;
    private final IndexStore indexes;

    /// @param dump the dump's file; the vmlinux may lie beside it
    /// @param directories where to look besides the usual places (`--debug-dir`)
    /// @param indexes where the indexes of names are kept
    public DebugFiles(Path dump, List<Path> directories, IndexStore indexes) {
        this.dump = dump;
        this.directories = List.copyOf(directories);
        this.indexes = indexes;
    }

    /// Uses the vmlinux that the user gave (`--debug-file`, or the second file of `crash DUMP VMLINUX`).
    ///
    /// Returns whether it is used; if not, `warnings` has been told why.
    public boolean useGiven(Kernel kernel, Path file, Warnings warnings) {
        try {
            use(kernel, file);
            return true;
        } catch (IOException refused) {
            warnings.warn(refused.getMessage() + "; going on without it");
            return false;
        }
    }

    /// Uses the first file in the usual places that belongs to the kernel.
    ///
    /// Returns its path. Files there of other kernels are no mistake of anybody and not told.
    public Optional<Path> useFound(Kernel kernel) {
        for (Path place : places(kernel)) {
            if (Files.isRegularFile(place) && Files.isReadable(place)) {
                try {
                    use(kernel, place);
                    return Optional.of(place);
                } catch (IOException ofAnotherKernel) {
                    // The next place may have the right one.
                }
            }
        }
        return Optional.empty();
    }

    /// Where [#useFound] looks, in its order.
    public List<Path> places(Kernel kernel) {
        VmcoreInfo info = kernel.vmcoreInfo();
        Optional<String> release = info.string("OSRELEASE").filter(DebugFiles::isPlain);
        Optional<String> buildId = info.string("BUILD-ID").filter(DebugFiles::isPlain);
        return release.map(name -> new DebugPlaces(name, buildId).all(dump, directories))
                .orElse(List.of());
    }

    /// Names from a dump become parts of paths only when they cannot lead elsewhere.
    private static boolean isPlain(String name) {
        return !name.isEmpty() && name.indexOf('/') < 0 && name.indexOf('\0') < 0 && !name.startsWith(".");
    }

    private void use(Kernel kernel, Path file) throws IOException {
        FileSource source = open(file);
        try {
            kernel.useVmlinux(source, new NearbyFiles(file, directories), indexes);
        } catch (IOException | RuntimeException refused) {
            try {
                source.close();
            } catch (IOException alsoFailed) {
                refused.addSuppressed(alsoFailed);
            }
            throw refused;
        }
    }

    private static FileSource open(Path file) throws IOException {
        try {
            return FileSource.open(file);
        } catch (IOException missing) {
            throw new DumpException(file + ": cannot be opened: " + reason(missing), missing);
        }
    }

    private static String reason(IOException failure) {
        return failure instanceof NoSuchFileException ? "no such file" : String.valueOf(failure.getMessage());
    }
}
