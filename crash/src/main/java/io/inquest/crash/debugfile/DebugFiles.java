package io.inquest.crash.debugfile;

import io.inquest.dump.DumpException;
import io.inquest.dump.MemoryFault;
import io.inquest.dump.Warnings;
import io.inquest.dump.io.FileSource;
import io.inquest.kernel.Kernel;
import io.inquest.kernel.VmcoreInfo;
import io.inquest.kernel.dwarf.IndexStore;
import io.inquest.kernel.module.Module;
import io.inquest.kernel.symbol.MissingSymbol;
import io.inquest.kernel.type.MissingMember;
import io.inquest.kernel.type.MissingType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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

    /// Uses the debug file of a loaded module that the user gave.
    ///
    /// Returns whether it is used; if not, `warnings` has been told why.
    public boolean useGivenModule(Kernel kernel, String module, Path file, Warnings warnings) {
        try {
            useModule(kernel, module, file);
            return true;
        } catch (IOException refused) {
            warnings.warn(refused.getMessage() + "; going on without it");
            return false;
        }
    }

    /// Uses the debug files of loaded modules that are in the usual places, below `lib/modules/RELEASE`.
    ///
    /// Returns the names of the modules that have one now. Files of other builds are no mistake of anybody and not
    /// told, and none is used where the dump does not tell which modules were loaded.
    public List<String> useFoundModules(Kernel kernel) throws IOException {
        Map<String, Path> files = moduleFiles(kernel);
        List<String> used = new ArrayList<>();
        for (String name : files.isEmpty() ? List.<String>of() : moduleNames(kernel)) {
            Path file = files.get(name);
            if (file != null && useGivenModule(kernel, name, file, Warnings.NONE)) {
                used.add(name);
            }
        }
        return used;
    }

    private static List<String> moduleNames(Kernel kernel) throws IOException {
        List<String> names = new ArrayList<>();
        try {
            for (Module module : kernel.modules()) {
                names.add(module.name());
            }
        } catch (DumpException | MemoryFault | MissingSymbol | MissingType | MissingMember notTold) {
            // Those found before are as good as any.
        }
        return names;
    }

    private Map<String, Path> moduleFiles(Kernel kernel) throws IOException {
        Optional<String> release = kernel.vmcoreInfo().string("OSRELEASE").filter(DebugFiles::isPlain);
        List<Path> roots = new ArrayList<>(directories);
        roots.add(Path.of("/usr/lib/debug"));
        Map<String, Path> files = new HashMap<>();
        for (Path root : roots) {
            Path folder = root.resolve("lib/modules").resolve(release.orElse("none"));
            if (release.isPresent() && Files.isDirectory(folder)) {
                ModuleFiles.in(folder).forEach(files::putIfAbsent);
            }
        }
        return files;
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
            closeAfter(refused, source);
            throw refused;
        }
    }

    private void useModule(Kernel kernel, String module, Path file) throws IOException {
        FileSource source = open(file);
        try {
            kernel.useModuleDebugFile(module, source, new NearbyFiles(file, directories), indexes);
        } catch (IOException | RuntimeException refused) {
            closeAfter(refused, source);
            throw refused;
        }
    }

    private static void closeAfter(Exception refused, FileSource source) {
        try {
            source.close();
        } catch (IOException alsoFailed) {
            refused.addSuppressed(alsoFailed);
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
