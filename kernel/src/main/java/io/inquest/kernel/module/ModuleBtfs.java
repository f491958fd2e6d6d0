package io.inquest.kernel.module;

import io.inquest.dump.MemoryFault;
import io.inquest.kernel.object.Idr;
import io.inquest.kernel.object.KernelList;
import io.inquest.kernel.object.KernelObject;
import io.inquest.kernel.object.Walk;
import io.inquest.kernel.object.WalkEnd;
import io.inquest.kernel.object.XArray;
import io.inquest.kernel.type.StructType;
import io.inquest.kernel.type.Types;
import io.inquest.kernel.type.btf.Btf;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Finds the BTF of the loaded modules: by the list `btf_modules`, and where a page of that is not in the dump by
/// the number that the kernel gave each BTF (`btf_idr`).
public final class ModuleBtfs {

    private final Types types;
    private final Btf base;
    private final Set<Long> met = new HashSet<>();
    private final List<ModuleBtf> found = new ArrayList<>();
    private WalkEnd end = new WalkEnd.Complete();

    private ModuleBtfs(Types types, Btf base) {
        this.types = types;
        this.base = base;
    }

    /// The BTF of each module that has one, in the order in which they were loaded.
    ///
    /// @param list the variable `btf_modules`, since 5.11
    /// @param numbers the variable `btf_idr`
    /// @param types the types of the kernel, `base` being their BTF
    public static ModuleBtfs find(KernelObject list, Optional<KernelObject> numbers, Types types, Btf base) {
        ModuleBtfs all = new ModuleBtfs(types, base);
        all.takeList(list);
        if (!all.end.isComplete()) {
            numbers.ifPresent(all::takeNumbers);
        }
        return all;
    }

    public List<ModuleBtf> found() {
        return List.copyOf(found);
    }

    /// How the list ended; if it is not complete, modules may be missing.
    public WalkEnd end() {
        return end;
    }

    private void takeList(KernelObject list) {
        StructType entry = types.struct("btf_module");
        Walk<KernelObject> forwards = KernelList.entries(list, entry, "list");
        forwards.forEach(each -> take(each.member("btf")));
        end = forwards.end();
        if (!end.isComplete()) {
            KernelList.backwards(list, entry, "list").forEach(each -> take(each.member("btf")));
        }
    }

    private void takeNumbers(KernelObject numbers) {
        StructType btf = types.struct("btf");
        for (XArray.Entry entry : Idr.entries(numbers, types)) {
            takeIfModule(KernelObject.at(numbers.space(), btf, entry.word()));
        }
    }

    private void takeIfModule(KernelObject btf) {
        try {
            boolean module = btf.member("kernel_btf").unsigned() != 0
                    && btf.member("base_btf").unsigned() != 0;
            if (module) {
                add(btf);
            }
        } catch (MemoryFault absent) {
            // Another number may be whole.
        }
    }

    private void take(KernelObject pointer) {
        try {
            add(pointer.dereference().loaded());
        } catch (MemoryFault absent) {
            end = new WalkEnd.Fault(absent.getMessage());
        }
    }

    private void add(KernelObject btf) {
        if (met.add(btf.address())) {
            found.add(new ModuleBtf(btf.loaded(), base));
        }
    }
}
