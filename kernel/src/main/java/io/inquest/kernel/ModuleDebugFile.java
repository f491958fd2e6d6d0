package io.inquest.kernel;

import io.inquest.dump.DumpException;
import io.inquest.dump.io.ByteSource;
import io.inquest.kernel.dwarf.Dwarf;
import io.inquest.kernel.dwarf.DwarfTypes;
import io.inquest.kernel.dwarf.IndexStore;
import io.inquest.kernel.dwarf.Lines;
import io.inquest.kernel.dwarf.SupplementaryFiles;
import io.inquest.kernel.elf.ElfObject;
import io.inquest.kernel.elf.SectionFault;
import io.inquest.kernel.module.Module;
import io.inquest.kernel.module.ModuleSections;
import io.inquest.kernel.type.TypeSource;
import java.io.Closeable;
import java.io.IOException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/// The debug file of a loaded module, its sections placed where the kernel loaded them. Safe for many threads.
public final class ModuleDebugFile implements Closeable {

    private final Module module;
    private final ElfObject object;
    private final Dwarf dwarf;
    private final DwarfTypes types;
    private final Lines lines;

    private ModuleDebugFile(Module module, ElfObject object, Dwarf dwarf) {
        this.module = module;
        this.object = object;
        this.dwarf = dwarf;
        this.types = new DwarfTypes(dwarf);
        this.lines = new Lines(dwarf, 0);
    }

    /// Opens the debug file of a module, or throws a [DumpException] that says why it is none or another module's.
    ///
    /// Build ids are compared where the kernel kept the module's. `file` is closed with this object; when this
    /// fails, by the caller.
    static ModuleDebugFile open(Module module, ByteSource file, SupplementaryFiles others, IndexStore indexes)
            throws IOException {
        Map<String, Long> sections = ModuleSections.of(module);
        ElfObject object = ElfObject.open(file).placedAt(name -> {
            Long address = sections.get(name);
            return address == null ? OptionalLong.empty() : OptionalLong.of(address);
        });
        requireSameModule(module, object);
        if (!Dwarf.isIn(object)) {
            throw new DumpException(object.name() + ": has no debug information (no section .debug_info); give the file"
                    + " of the kernel's debug package");
        }
        try {
            return new ModuleDebugFile(module, object, Dwarf.open(object, others, indexes));
        } catch (SectionFault damaged) {
            throw new DumpException(damaged.getMessage() + "; copy the file again", damaged);
        }
    }

    private static void requireSameModule(Module module, ElfObject object) throws DumpException {
        Optional<String> wanted = module.buildId().map(HexFormat.of()::formatHex);
        Optional<String> found = object.buildId();
        if (wanted.isPresent() && found.isPresent() && !wanted.equals(found)) {
            throw new DumpException(
                    object.name() + ": is not the debug file of the module that was loaded: its build id" + " is "
                            + found.get() + ", the module has " + wanted.get());
        }
    }

    public Module module() {
        return module;
    }

    /// Its path.
    public String name() {
        return object.name();
    }

    public TypeSource types() {
        return types;
    }

    /// Source lines of addresses where the module ran.
    public Lines lines() {
        return lines;
    }

    @Override
    public void close() throws IOException {
        try (object) {
            dwarf.close();
        }
    }

    @Override
    public String toString() {
        return name();
    }
}
