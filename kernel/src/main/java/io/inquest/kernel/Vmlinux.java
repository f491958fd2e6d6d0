package io.inquest.kernel;

import io.inquest.dump.DumpException;
import io.inquest.dump.io.ByteSource;
import io.inquest.kernel.dwarf.CfiUnwinder;
import io.inquest.kernel.dwarf.Dwarf;
import io.inquest.kernel.dwarf.DwarfTypes;
import io.inquest.kernel.dwarf.IndexStore;
import io.inquest.kernel.dwarf.Lines;
import io.inquest.kernel.dwarf.Locals;
import io.inquest.kernel.dwarf.SupplementaryFiles;
import io.inquest.kernel.elf.ElfObject;
import io.inquest.kernel.elf.SectionFault;
import io.inquest.kernel.type.TypeSource;
import java.io.Closeable;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// A vmlinux with debug information, which was found to belong to a dead kernel.
///
/// It is never needed. It adds the types of all globals, source lines, inlined functions and local variables.
/// Safe for many threads.
public final class Vmlinux implements Closeable {

    private final Kernel kernel;
    private final ElfObject object;
    private final Dwarf dwarf;
    private final DwarfTypes types;
    private final Lines lines;
    private final long moved;
    private @Nullable CfiUnwinder unwinder;
    private @Nullable Locals locals;

    private Vmlinux(Kernel kernel, ElfObject object, Dwarf dwarf, long moved) {
        this.kernel = kernel;
        this.object = object;
        this.dwarf = dwarf;
        this.types = new DwarfTypes(dwarf);
        this.lines = new Lines(dwarf, moved);
        this.moved = moved;
    }

    /// Opens the vmlinux of a kernel, or throws a [DumpException] that says why the file is none or another
    /// kernel's.
    ///
    /// `file` is closed with this object; when this fails, by the caller.
    static Vmlinux open(Kernel kernel, ByteSource file, SupplementaryFiles others, IndexStore indexes)
            throws IOException {
        ElfObject object = ElfObject.open(file);
        VmlinuxCheck check = new VmlinuxCheck(kernel, object);
        check.requireSameKernel();
        if (!Dwarf.isIn(object)) {
            throw new DumpException(object.name() + ": is the right kernel, but has no debug information (no section"
                    + " .debug_info); give the one of the kernel's debug package");
        }
        try {
            return new Vmlinux(kernel, object, Dwarf.open(object, others, indexes), check.moved());
        } catch (SectionFault damaged) {
            throw new DumpException(damaged.getMessage() + "; copy the file again", damaged);
        }
    }

    /// Its path.
    public String name() {
        return object.name();
    }

    /// Its sections and symbols.
    public ElfObject object() {
        return object;
    }

    /// Its debug information, by addresses as linked.
    public Dwarf dwarf() {
        return dwarf;
    }

    public TypeSource types() {
        return types;
    }

    /// Source lines of addresses where the kernel ran.
    public Lines lines() {
        return lines;
    }

    /// Unwinds by its call frame information; shared by all who ask.
    public synchronized CfiUnwinder unwinder() throws IOException {
        if (unwinder == null) {
            unwinder = new CfiUnwinder(dwarf, moved, kernel.architecture().stackRules());
        }
        return unwinder;
    }

    /// Parameters and local variables of frames in the kernel itself.
    public synchronized Locals locals() throws IOException {
        if (locals == null) {
            locals = new Locals(dwarf, unwinder(), kernel.space(), moved);
        }
        return locals;
    }

    /// What KASLR added to the addresses that it was linked for.
    public long moved() {
        return moved;
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
