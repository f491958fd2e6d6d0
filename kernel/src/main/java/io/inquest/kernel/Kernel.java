package io.inquest.kernel;

import io.inquest.dump.Dump;
import io.inquest.dump.DumpException;
import io.inquest.dump.Dumps;
import io.inquest.dump.Machine;
import io.inquest.dump.MemoryFault;
import io.inquest.dump.PhysicalMemory;
import io.inquest.dump.Utsname;
import io.inquest.dump.Warnings;
import io.inquest.dump.io.ByteSource;
import io.inquest.kernel.arch.Architecture;
import io.inquest.kernel.arch.Architectures;
import io.inquest.kernel.arch.KernelSpace;
import io.inquest.kernel.dwarf.IndexStore;
import io.inquest.kernel.dwarf.SourceFrame;
import io.inquest.kernel.dwarf.SupplementaryFiles;
import io.inquest.kernel.module.Module;
import io.inquest.kernel.module.Modules;
import io.inquest.kernel.object.KernelObject;
import io.inquest.kernel.object.PerCpu;
import io.inquest.kernel.page.PageMap;
import io.inquest.kernel.stack.Stacks;
import io.inquest.kernel.symbol.Symbols;
import io.inquest.kernel.system.SystemFacts;
import io.inquest.kernel.task.Cpus;
import io.inquest.kernel.task.Tasks;
import io.inquest.kernel.type.TypeSource;
import io.inquest.kernel.type.Types;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/// The dead kernel of a dump.
///
/// Opening reads nothing but the vmcoreinfo note; each answer is found when it is first asked for, so that the
/// log can be had when other things are damaged. Safe for many threads.
public final class Kernel implements Closeable {

    private static final int UTSNAME_FIELD_BYTES = 65;

    private final Dump dump;
    private final VmcoreInfo info;
    private final Warnings warnings;
    private @Nullable KernelSpace pageTables;
    private @Nullable AddressSpace space;
    private @Nullable Symbols symbols;

    /// Why there are none, once they were looked for in vain: a search through the whole image costs seconds.
    private @Nullable DumpException noSymbols;

    private @Nullable DumpException noTypes;
    private @Nullable Types types;
    private @Nullable Types typesWithModules;
    private @Nullable Vmlinux vmlinux;
    private final List<ModuleDebugFile> moduleDebugFiles = new ArrayList<>();
    private boolean withoutBtf;
    private boolean withoutKallsyms;
    private @Nullable PerCpu perCpu;
    private @Nullable Cpus cpus;
    private @Nullable Tasks tasks;
    private @Nullable Modules modules;
    private @Nullable Stacks stacks;
    private @Nullable PageMap pageMap;

    private Kernel(Dump dump, VmcoreInfo info, Warnings warnings) {
        this.dump = dump;
        this.info = info;
        this.warnings = warnings.once();
    }

    /// The kernel in a dump file of any format; closing it closes the file. Warnings are dropped.
    ///
    /// Throws a [DumpException] that says what is wrong with the file.
    public static Kernel open(Path file) throws IOException {
        Dump dump = Dumps.open(List.of(file), Warnings.NONE);
        try {
            return open(dump, Warnings.NONE);
        } catch (DumpException | RuntimeException failure) {
            try {
                dump.close();
            } catch (IOException alsoFailed) {
                failure.addSuppressed(alsoFailed);
            }
            throw failure;
        }
    }

    /// The kernel of a dump that has a vmcoreinfo note.
    public static Kernel open(Dump dump, Warnings warnings) throws DumpException {
        String note = dump.vmcoreinfo()
                .orElseThrow(() -> new DumpException(dump.name() + " has no vmcoreinfo note, so nothing is known of its"
                        + " kernel; give a vmcoreinfo file made for it"));
        return new Kernel(dump, VmcoreInfo.parse(note), warnings);
    }

    /// The kernel of a dump whose vmcoreinfo comes from elsewhere; the dump's note, if any, fills what `given`
    /// lacks and tells where KASLR moved the kernel.
    public static Kernel open(Dump dump, VmcoreInfo given, Warnings warnings) throws DumpException {
        VmcoreInfo note = VmcoreInfo.parse(dump.vmcoreinfo().orElse(""));
        LongPredicate moved = Architectures.of(dump.machine())::isImageAddress;
        return new Kernel(dump, given.completedBy(note, moved), warnings);
    }

    public Dump dump() {
        return dump;
    }

    /// Closes the dump, and the debug files that are used.
    @Override
    public void close() throws IOException {
        Vmlinux used = vmlinux;
        try (dump) {
            for (ModuleDebugFile file : moduleDebugFiles) {
                file.close();
            }
            if (used != null) {
                used.close();
            }
        }
    }

    public Machine machine() {
        return dump.machine();
    }

    public PhysicalMemory memory() {
        return dump.memory();
    }

    public VmcoreInfo vmcoreInfo() {
        return info;
    }

    /// Throws a [DumpException] when the dump's machine is of a type that is not known here.
    public Architecture architecture() throws DumpException {
        return Architectures.of(machine());
    }

    /// The kernel's memory through its page tables, which were found to be the right ones.
    ///
    /// Throws a [DumpException] that says which step is missing or wrong.
    public synchronized KernelSpace pageTables() throws IOException {
        if (pageTables == null) {
            pageTables = architecture().kernelSpace(machine(), memory(), info, recordedPhysBase());
        }
        return pageTables;
    }

    /// Walks another root table from now on, since the kernel's own is lost or damaged.
    synchronized KernelSpace useRootTable(long rootTable) throws IOException {
        pageTables = behind(rootTable);
        return pageTables;
    }

    /// The kernel's memory through another root table than its own.
    KernelSpace behind(long rootTable) throws DumpException {
        return architecture().kernelSpace(machine(), memory(), info, recordedPhysBase(), rootTable);
    }

    private OptionalLong recordedPhysBase() {
        return dump.header().physBase();
    }

    /// The kernel's memory as well as it can be read: through page tables, or where they fail by the places of
    /// the kernel image and the direct map, as far as the dump tells them.
    public synchronized AddressSpace space() throws IOException {
        if (space == null) {
            space = new KernelMemory(this, warnings).beforeSymbols();
        }
        return space;
    }

    /// The kernel's symbols and those of its modules, out of its memory; where those are lost or damaged, those of
    /// the vmlinux if one is used.
    ///
    /// Throws a [DumpException] that says why there are none.
    public synchronized Symbols symbols() throws IOException {
        if (noSymbols != null) {
            throw noSymbols;
        }
        if (symbols == null) {
            try {
                symbols = KernelSymbols.open(this, warnings);
                if (symbols.isDamaged()) {
                    warnings.warn("the " + symbols.source() + " are damaged in this dump: symbols that are missed below"
                            + " may be among what is lost; a debug vmlinux has them");
                }
                space = new KernelMemory(this, warnings).withSymbols(space(), symbols);
            } catch (DumpException missing) {
                noSymbols = missing;
                throw missing;
            }
        }
        return symbols;
    }

    /// Uses a vmlinux with debug information besides what the dump tells itself.
    ///
    /// To be called before types are first asked for; those asked for before stay as they are. Throws a
    /// [DumpException] that says why the file is no vmlinux of this kernel; nothing has changed then, and the
    /// caller closes `file`. Else it is closed with the kernel.
    public synchronized void useVmlinux(ByteSource file, SupplementaryFiles others, IndexStore indexes)
            throws IOException {
        vmlinux = Vmlinux.open(this, file, others, indexes);
        noSymbols = null;
        if (symbols != null && symbols.isDamaged()) {
            symbols = null;
        }
        forgetTypes();
    }

    /// The vmlinux that is used besides the dump, if any.
    public synchronized Optional<Vmlinux> vmlinux() {
        return Optional.ofNullable(vmlinux);
    }

    /// Uses the debug file of a loaded module.
    ///
    /// Throws a [DumpException] that says why the file is none of this module, or that no module of that name was
    /// loaded; nothing has changed then, and the caller closes `file`. Else it is closed with the kernel.
    public synchronized void useModuleDebugFile(
            String module, ByteSource file, SupplementaryFiles others, IndexStore indexes) throws IOException {
        Module loaded = modules()
                .find(module)
                .orElseThrow(() -> new DumpException(file.name() + ": no module " + module + " was loaded"));
        moduleDebugFiles.add(ModuleDebugFile.open(loaded, file, others, indexes));
        typesWithModules = null;
    }

    /// The debug files of modules that are used.
    public synchronized List<ModuleDebugFile> moduleDebugFiles() {
        return List.copyOf(moduleDebugFiles);
    }

    /// The functions that the source has at an address in code, the innermost inlined one first, with their lines;
    /// none where no debug file covers it. Of a call, ask for the address before the one it returns to.
    public List<SourceFrame> sourceAt(long codeAddress) {
        for (ModuleDebugFile file : moduleDebugFiles()) {
            if (file.module().contains(codeAddress)) {
                return file.lines().framesAt(codeAddress);
            }
        }
        return vmlinux().map(used -> used.lines().framesAt(codeAddress)).orElse(List.of());
    }

    /// Behaves as if the kernel had been built without BTF, to see what a vmlinux alone can tell.
    public synchronized void ignoreBtf() {
        withoutBtf = true;
        forgetTypes();
    }

    /// Behaves as if the kernel had been built without kallsyms, to see what is told without; to be called before
    /// symbols are first asked for.
    public synchronized void ignoreKallsyms() {
        withoutKallsyms = true;
    }

    synchronized boolean ignoresKallsyms() {
        return withoutKallsyms;
    }

    private void forgetTypes() {
        types = null;
        noTypes = null;
        typesWithModules = null;
        stacks = null;
    }

    synchronized boolean ignoresBtf() {
        return withoutBtf;
    }

    /// The kernel's C types, as its own memory describes them (BTF), and the vmlinux if one is used.
    ///
    /// Throws a [DumpException] that says what is missing when there is no description.
    public synchronized Types types() throws IOException {
        if (noTypes != null) {
            throw noTypes;
        }
        if (types == null) {
            try {
                types = KernelTypes.open(this);
                warnOfDamage(types);
            } catch (DumpException missing) {
                noTypes = missing;
                throw missing;
            }
        }
        return types;
    }

    /// Else an answer that lacks a type reads as if the kernel lacked it.
    private void warnOfDamage(Types known) {
        for (TypeSource source : known.sources()) {
            if (source.isDamaged()) {
                warnings.warn("the " + source.describe() + " is damaged in this dump: types, members and variables that"
                        + " are missed below may be among what is lost; a debug vmlinux has them");
            }
        }
    }

    /// The kernel's types, and behind them those of its modules; for what a user asks for.
    ///
    /// A name that nobody has makes all modules' types be read. What looks for the kernel's own types asks
    /// [#types].
    public synchronized Types typesWithModules() throws IOException {
        if (typesWithModules == null) {
            typesWithModules = KernelTypes.withModules(this);
        }
        return typesWithModules;
    }

    /// The kernel's variable of that name.
    ///
    /// Of a per-CPU variable nothing can be read but by [#perCpu]. Throws a
    /// [io.inquest.kernel.symbol.MissingSymbol] when the kernel has none of that name, and a
    /// [io.inquest.kernel.type.MissingType] when nobody knows its type.
    public KernelObject object(String symbol) throws IOException {
        return new KernelObjects(this).require(symbol);
    }

    /// The kernel's variable of that name, empty when it has none.
    ///
    /// Throws a [io.inquest.kernel.type.MissingType] when nobody knows its type.
    public Optional<KernelObject> findObject(String symbol) throws IOException {
        return new KernelObjects(this).find(symbol);
    }

    /// What is at an address, taken as the type of that C name, such as `struct task_struct`.
    ///
    /// Throws a [io.inquest.kernel.type.MissingType] when the kernel has no such type.
    public KernelObject object(String typeName, long address) throws IOException {
        return KernelObject.at(space(), types().require(typeName), address);
    }

    /// Whether a symbol names a per-CPU variable, of the kernel or of a module; false when there is no such symbol.
    public boolean isPerCpu(String symbol) throws IOException {
        return new KernelObjects(this).isPerCpu(symbol);
    }

    /// A CPU's own copy of the per-CPU variable of that name, such as `runqueues`; throws as [#object] does.
    public KernelObject perCpu(String symbol, int cpu) throws IOException {
        return perCpu().of(object(symbol), cpu);
    }

    /// Where each CPU has its own copy of what is per CPU.
    public synchronized PerCpu perCpu() throws IOException {
        if (perCpu == null) {
            perCpu = new KernelObjects(this).perCpu();
        }
        return perCpu;
    }

    /// The CPUs that the machine had, with the registers that were saved for them.
    public synchronized Cpus cpus() throws IOException {
        if (cpus == null) {
            cpus = Cpus.of(this);
        }
        return cpus;
    }

    /// All tasks, found when they are first asked for.
    public synchronized Tasks tasks() throws IOException {
        if (tasks == null) {
            tasks = Tasks.of(this);
        }
        return tasks;
    }

    /// The loaded modules.
    public synchronized Modules modules() throws IOException {
        if (modules == null) {
            modules = Modules.of(this);
        }
        return modules;
    }

    /// The stacks of tasks and CPUs.
    public synchronized Stacks stacks() throws IOException {
        if (stacks == null) {
            Vmlinux used = vmlinux;
            stacks = Stacks.of(this, used == null ? List.of() : List.of(used.unwinder()));
        }
        return stacks;
    }

    /// When the system died, how long it had run, what had tainted it.
    public SystemFacts system() {
        return new SystemFacts(this);
    }

    /// The struct pages of the machine, found when they are first asked for.
    ///
    /// Throws a [DumpException] that says what is missing or wrong when they cannot be found.
    public synchronized PageMap pageMap() throws IOException {
        if (pageMap == null) {
            pageMap = PageMap.open(this, warnings);
        }
        return pageMap;
    }

    /// The kernel's name for itself, read from its memory (`init_uts_ns.name`, before 2.6.19 `system_utsname`).
    ///
    /// Throws a [DumpException] when it cannot be found or is no name of a Linux: then symbols and memory do not
    /// belong together.
    public Utsname utsname() throws IOException {
        long address = utsnameAddress();
        ByteBuffer bytes = ByteBuffer.allocate(6 * UTSNAME_FIELD_BYTES);
        try {
            space().read(address, bytes);
        } catch (MemoryFault fault) {
            throw new DumpException("the kernel's name cannot be read: " + fault.getMessage(), fault);
        }
        String[] fields = new String[6];
        for (int i = 0; i < fields.length; i++) {
            fields[i] = field(bytes.array(), i * UTSNAME_FIELD_BYTES);
        }
        if (!fields[0].equals("Linux")) {
            throw new DumpException("the kernel's name at " + Hex.of(address) + " does not begin with \"Linux\":"
                    + " vmcoreinfo and memory are not of the same kernel, or damaged");
        }
        return new Utsname(fields[0], fields[1], fields[2], fields[3], fields[4], fields[5]);
    }

    /// `OFFSET(uts_namespace.name)` is exported since 5.11; until then the name followed a `struct kref` of 4
    /// bytes.
    long utsnameAddress() throws DumpException {
        OptionalLong namespace = info.symbol("init_uts_ns");
        if (namespace.isPresent()) {
            return namespace.getAsLong() + info.offset("uts_namespace.name").orElse(Integer.BYTES);
        }
        return info.symbol("system_utsname")
                .orElseThrow(() -> new DumpException("vmcoreinfo does not say where the kernel's name is: it has"
                        + " neither SYMBOL(init_uts_ns) nor SYMBOL(system_utsname)"));
    }

    private static String field(byte[] bytes, int start) {
        int end = start;
        while (end < start + UTSNAME_FIELD_BYTES && bytes[end] != 0) {
            end++;
        }
        return new String(bytes, start, end - start, StandardCharsets.ISO_8859_1);
    }
}
