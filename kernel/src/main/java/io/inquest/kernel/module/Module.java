package io.inquest.kernel.module;

import io.inquest.dump.MemoryFault;
import io.inquest.kernel.object.KernelObject;
import io.inquest.kernel.type.MissingMember;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A loaded module: a `struct module`.
///
/// Where its memory is, by the era of the kernel:
///
/// | Since | Members                                                              | Changed by   |
/// |-------|----------------------------------------------------------------------|--------------|
/// | 6.4   | `mem[]`, an element for each type: code, data, read-only, …          | ac3b43283923 |
/// | 4.5   | `core_layout`, `init_layout`, code first                             | 7523e4dc5057 |
/// | 2.6   | `module_core`, `core_size`, `core_text_size`, and the same of `init` |              |
public final class Module {

    /// Types in `mem[]` that hold code, and the first that is freed after starting.
    private static final int MOD_TEXT = 0;

    private static final int MOD_INIT_TEXT = 4;

    private final KernelObject struct;
    private final List<ModulePart> parts;

    Module(KernelObject struct) {
        this.struct = struct;
        this.parts = parts(struct);
    }

    /// The struct, for whatever is not asked here.
    public KernelObject struct() {
        return struct;
    }

    public long address() {
        return struct.address();
    }

    /// With underscores; text from the dump.
    public String name() {
        return struct.member("name").string();
    }

    public ModuleState state() {
        return ModuleState.of(struct.member("state").unsigned());
    }

    /// Its pieces in memory.
    public List<ModulePart> parts() {
        return parts;
    }

    /// Where it begins, as `/proc/modules` says it; 0 if it has no memory.
    public long base() {
        return parts.isEmpty() ? 0 : parts.getFirst().base();
    }

    /// Bytes of all its pieces, as `/proc/modules` says them.
    public long bytes() {
        return parts.stream().mapToLong(ModulePart::bytes).sum();
    }

    public boolean contains(long address) {
        return parts.stream().anyMatch(part -> part.contains(address));
    }

    /// Whether its code is at that address.
    public boolean hasText(long address) {
        return parts.stream().anyMatch(part -> part.hasText(address));
    }

    /// The bits that it adds to the kernel's taints.
    public long taints() {
        return struct.find("taints").map(KernelObject::unsigned).orElse(0L);
    }

    /// How many hold on to it, as `lsmod` says: the kernel itself counts one more while it is loaded (since 3.19,
    /// 2f35c41f58a9).
    public long references() {
        return struct.find("refcnt.counter").map(KernelObject::signed).orElse(1L) - 1;
    }

    /// Address of its per-CPU variables, as an offset into each CPU's area; 0 if it has none.
    public long perCpu() {
        return struct.find("percpu").map(KernelObject::unsigned).orElse(0L);
    }

    public long perCpuBytes() {
        return struct.find("percpu_size").map(KernelObject::unsigned).orElse(0L);
    }

    /// Its build id, if the kernel kept it (`CONFIG_STACKTRACE_BUILD_ID`).
    public Optional<byte[]> buildId() {
        return struct.find("build_id").map(KernelObject::memory);
    }

    @Override
    public String toString() {
        return "module 0x" + Long.toHexString(address());
    }

    /// What cannot be read is left out.
    private static List<ModulePart> parts(KernelObject module) {
        List<ModulePart> parts = new ArrayList<>();
        try {
            addParts(module, parts);
        } catch (MemoryFault | MissingMember lost) {
            return parts;
        }
        return parts;
    }

    private static void addParts(KernelObject module, List<ModulePart> parts) {
        Optional<KernelObject> memory = module.find("mem");
        if (memory.isPresent()) {
            for (int type = 0; type < memory.get().length(); type++) {
                KernelObject part = memory.get().element(type);
                boolean text = type == MOD_TEXT || type == MOD_INIT_TEXT;
                long bytes = part.member("size").unsigned();
                add(parts, part.member("base").unsigned(), bytes, text ? bytes : 0, type >= MOD_INIT_TEXT);
            }
        } else if (module.has("core_layout")) {
            addLayout(parts, module.member("core_layout"), false);
            addLayout(parts, module.member("init_layout"), true);
        } else {
            addOld(parts, module, "core");
            addOld(parts, module, "init");
        }
    }

    private static void addLayout(List<ModulePart> parts, KernelObject layout, boolean initial) {
        add(
                parts,
                layout.member("base").unsigned(),
                layout.member("size").unsigned(),
                layout.member("text_size").unsigned(),
                initial);
    }

    private static void addOld(List<ModulePart> parts, KernelObject module, String kind) {
        add(
                parts,
                module.member("module_" + kind).unsigned(),
                module.member(kind + "_size").unsigned(),
                module.member(kind + "_text_size").unsigned(),
                kind.equals("init"));
    }

    private static void add(List<ModulePart> parts, long base, long bytes, long textBytes, boolean initial) {
        if (base != 0 && bytes > 0) {
            parts.add(new ModulePart(base, bytes, Math.min(bytes, textBytes), initial));
        }
    }
}
