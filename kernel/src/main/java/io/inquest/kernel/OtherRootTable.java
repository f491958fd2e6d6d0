package io.inquest.kernel;

import io.inquest.dump.DumpException;
import io.inquest.dump.MemoryFault;
import io.inquest.kernel.arch.LinearRange;
import io.inquest.kernel.object.KernelList;
import io.inquest.kernel.object.KernelObject;
import io.inquest.kernel.type.MissingMember;
import io.inquest.kernel.type.MissingType;
import io.inquest.kernel.type.StructType;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalLong;

/// A root table that stands in for the kernel's own (`init_mm.pgd`) where that page is lost.
///
/// Each process has one, whose upper half leads to the same tables as the kernel's (kernel: `pgd_ctor` in
/// `arch/x86/mm/pgtable.c`). Tasks are found by the direct map, which needs no tables.
final class OtherRootTable {

    /// Tasks that are looked at; where none of so many has a right one, the tables below are lost too.
    private static final int MOST_TASKS = 1000;

    private final Kernel kernel;
    private final LinearRange image;
    private final LinearRange directMap;

    OtherRootTable(Kernel kernel, LinearRange image, LinearRange directMap) {
        this.kernel = kernel;
        this.image = image;
        this.directMap = directMap;
    }

    /// Physical address of a root table that maps the kernel image where it is, found in memory as `space` reads
    /// it.
    OptionalLong find(AddressSpace space) throws IOException {
        try {
            OptionalLong first = kernel.symbols().core().address("init_task");
            if (first.isPresent()) {
                StructType task = kernel.types().struct("task_struct");
                return find(KernelObject.at(space, task, first.getAsLong()), task);
            }
        } catch (DumpException | MissingType | MissingMember | MemoryFault unknown) {
            return OptionalLong.empty();
        }
        return OptionalLong.empty();
    }

    private OptionalLong find(KernelObject initTask, StructType type) throws IOException {
        int looked = 0;
        for (KernelObject task : KernelList.entries(initTask.member("tasks"), type, "tasks")) {
            OptionalLong root = rootOf(task);
            if (root.isPresent() && mapsTheImage(root.getAsLong())) {
                return root;
            }
            if (++looked == MOST_TASKS) {
                break;
            }
        }
        return OptionalLong.empty();
    }

    /// Empty for a kernel thread.
    private OptionalLong rootOf(KernelObject task) {
        try {
            Optional<KernelObject> mm = task.find("mm").filter(pointer -> !pointer.isZero());
            if (mm.isEmpty()) {
                return OptionalLong.empty();
            }
            long table = mm.get().dereference().member("pgd").unsigned();
            return directMap.contains(table) ? OptionalLong.of(directMap.physical(table)) : OptionalLong.empty();
        } catch (MemoryFault lost) {
            return OptionalLong.empty();
        }
    }

    private boolean mapsTheImage(long rootTable) throws IOException {
        Mapping mapping = kernel.behind(rootTable).translate(image.virtualAddress(), 1);
        return mapping instanceof Mapping.Mapped mapped && mapped.to() == image.physicalAddress();
    }
}
