package io.inquest.kernel.module;

import io.inquest.kernel.Kernel;
import io.inquest.kernel.object.KernelList;
import io.inquest.kernel.object.KernelObject;
import io.inquest.kernel.object.Walk;
import io.inquest.kernel.object.WalkEnd;
import io.inquest.kernel.type.StructType;
import io.inquest.kernel.type.VoidType;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// The loaded modules in the order of `/proc/modules`, the last loaded first.
///
/// Those that are only being made (`MODULE_STATE_UNFORMED`) are left out, as they are there.
public final class Modules implements Iterable<Module> {

    private final List<Module> modules;
    private final WalkEnd end;

    private Modules(List<Module> modules, WalkEnd end) {
        this.modules = List.copyOf(modules);
        this.end = end;
    }

    /// Reads the list at `modules`; of a kernel without modules it is empty.
    public static Modules of(Kernel kernel) throws IOException {
        Optional<StructType> type = kernel.types().findStruct("module");
        OptionalLong list = kernel.symbols().core().address("modules");
        if (type.isEmpty() || list.isEmpty()) {
            return new Modules(List.of(), new WalkEnd.Complete());
        }
        KernelObject head = KernelObject.at(kernel.space(), VoidType.VOID, list.getAsLong());
        Walk<KernelObject> walk = KernelList.entries(head, type.get(), "list");
        List<Module> modules = new ArrayList<>();
        for (KernelObject each : walk) {
            Module module = new Module(each.loadedIfReadable());
            if (module.state() != ModuleState.UNFORMED) {
                modules.add(module);
            }
        }
        return new Modules(modules, walk.end());
    }

    @Override
    public Iterator<Module> iterator() {
        return modules.iterator();
    }

    public List<Module> all() {
        return modules;
    }

    /// How the list ended.
    public WalkEnd end() {
        return end;
    }

    /// The module of that name; hyphens are the underscores of the kernel.
    public Optional<Module> find(String name) {
        String wanted = name.replace('-', '_');
        return modules.stream()
                .filter(module -> module.name().replace('-', '_').equals(wanted))
                .findFirst();
    }

    /// The module that has that address.
    public Optional<Module> at(long address) {
        return modules.stream().filter(module -> module.contains(address)).findFirst();
    }
}
