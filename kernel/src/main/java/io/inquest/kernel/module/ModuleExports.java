package io.inquest.kernel.module;

import io.inquest.dump.MemoryFault;
import io.inquest.kernel.object.KernelObject;
import io.inquest.kernel.type.ArrayType;
import io.inquest.kernel.type.IntegerType;
import io.inquest.kernel.type.KernelType;
import io.inquest.kernel.type.MissingMember;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/// What a module exports: the array of `struct kernel_symbol` at `module.syms`, `module.num_syms` of them.
///
/// | Form     | Members                                            | Kernels                                     |
/// |----------|----------------------------------------------------|---------------------------------------------|
/// | relative | `value_offset`, `name_offset`, 4 bytes each, from  | 4.19 (7290d5809571) on x86, arm64, s390, …  |
/// |          | where the member itself is                         |                                             |
/// | absolute | `value`, `name`                                    | others                                      |
///
/// The kernel itself prints capital letters only for these, not for what `gpl_syms` held until it was merged.
final class ModuleExports {

    private static final int MOST_EXPORTS = 1 << 16;

    private static final KernelType NAME =
            new ArrayType(() -> new IntegerType("char", 1, true, IntegerType.Use.CHARACTER), 512);

    private record Export(String name, long address) {}

    private final Set<Export> exports = new HashSet<>();

    /// As far as they can be read.
    static ModuleExports of(KernelObject module) {
        ModuleExports exports = new ModuleExports();
        try {
            long count = module.member("num_syms").unsigned();
            KernelObject table = module.member("syms");
            for (long i = 0; i < Math.min(count, MOST_EXPORTS); i++) {
                exports.add(table.element(i).loaded());
            }
        } catch (MemoryFault | MissingMember lost) {
            return exports;
        }
        return exports;
    }

    private void add(KernelObject entry) {
        Optional<KernelObject> relative = entry.find("value_offset");
        if (relative.isPresent()) {
            KernelObject name = entry.member("name_offset");
            long text = name.address() + name.signed();
            exports.add(new Export(
                    KernelObject.at(entry.space(), NAME, text).string(),
                    relative.get().address() + relative.get().signed()));
        } else {
            exports.add(new Export(
                    entry.member("name").string(), entry.member("value").unsigned()));
        }
    }

    boolean has(String name, long address) {
        return exports.contains(new Export(name, address));
    }
}
