package io.inquest.kernel;

import io.inquest.dump.DumpException;
import io.inquest.kernel.module.ModuleBtfs;
import io.inquest.kernel.object.KernelObject;
import io.inquest.kernel.type.GlobalTypes;
import io.inquest.kernel.type.TypeSource;
import io.inquest.kernel.type.Types;
import io.inquest.kernel.type.btf.Btf;
import io.inquest.kernel.type.btf.KernelBtf;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// The types of a dead kernel from the sources that there are.
final class KernelTypes {

    private KernelTypes() {}

    /// Those of the kernel itself, then those of a vmlinux, which knows the types of all globals; the built-in
    /// table of them is for what neither tells.
    static Types open(Kernel kernel) throws IOException {
        int pointerBytes = kernel.machine().wordBytes();
        List<TypeSource> sources = new ArrayList<>();
        Optional<TypeSource> vmlinux = kernel.vmlinux().map(Vmlinux::types);
        if (!kernel.ignoresBtf()) {
            try {
                sources.add(btf(kernel));
            } catch (DumpException none) {
                if (vmlinux.isEmpty()) {
                    throw none;
                }
            }
        }
        vmlinux.ifPresent(sources::add);
        if (sources.isEmpty()) {
            throw new DumpException("the kernel's types are not known without BTF; give its vmlinux");
        }
        sources.add(new GlobalTypes(new Types(sources, pointerBytes), new GlobalEvidence(kernel)));
        return new Types(sources, pointerBytes);
    }

    /// Those of the kernel, and of its modules behind them: a module may have a copy of a type of the kernel.
    static Types withModules(Kernel kernel) throws IOException {
        Types own = kernel.types();
        List<TypeSource> sources = new ArrayList<>(own.sources());
        Optional<KernelObject> list = kernel.findObject("btf_modules");
        for (TypeSource source : own.sources()) {
            if (source instanceof Btf base && list.isPresent()) {
                sources.addAll(ModuleBtfs.find(list.get(), kernel.findObject("btf_idr"), own, base)
                        .found());
            }
        }
        kernel.moduleDebugFiles().forEach(file -> sources.add(file.types()));
        return new Types(sources, own.pointerBytes());
    }

    private static Btf btf(Kernel kernel) throws IOException {
        OptionalLong start = address(kernel, "__start_BTF");
        OptionalLong stop = address(kernel, "__stop_BTF");
        return start.isPresent() && stop.isPresent()
                ? KernelBtf.between(kernel.space(), kernel.vmcoreInfo(), start.getAsLong(), stop.getAsLong())
                : KernelBtf.scan(kernel.space(), kernel.vmcoreInfo());
    }

    /// Types are found without symbols too.
    private static OptionalLong address(Kernel kernel, String symbol) throws IOException {
        try {
            return kernel.symbols().address(symbol);
        } catch (DumpException none) {
            return OptionalLong.empty();
        }
    }
}
