package io.inquest.kernel.vm;

import io.inquest.dump.MemoryFault;
import io.inquest.dump.PageState;
import io.inquest.kernel.AddressSpace;
import io.inquest.kernel.Hex;
import io.inquest.kernel.Kernel;
import io.inquest.kernel.Mapping;
import io.inquest.kernel.arch.KernelSpace;
import io.inquest.kernel.object.Chain;
import io.inquest.kernel.object.KernelObject;
import io.inquest.kernel.object.MapleTree;
import io.inquest.kernel.object.Walk;
import io.inquest.kernel.type.StructType;
import io.inquest.kernel.type.Types;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalLong;

/// The virtual memory of a task (`struct mm_struct`).
///
/// Its areas are kept in a maple tree since 6.1 (524e00b36e8c), in a list by `vm_next` and a red-black tree
/// before.
public final class MemoryMap {

    private final Kernel kernel;
    private final KernelObject struct;

    /// The memory that a `struct mm_struct` describes.
    public MemoryMap(Kernel kernel, KernelObject struct) {
        this.kernel = kernel;
        this.struct = struct.loadedIfReadable();
    }

    public KernelObject struct() {
        return struct;
    }

    public long address() {
        return struct.address();
    }

    /// Virtual address of the root page table.
    public long rootTable() {
        return struct.member("pgd").unsigned();
    }

    /// Pages that all areas have room for.
    public long totalPages() {
        return struct.member("total_vm").unsigned();
    }

    /// The areas from low to high addresses.
    public Walk<MemoryArea> areas() throws IOException {
        return areas(struct, kernel.types());
    }

    static Walk<MemoryArea> areas(KernelObject struct, Types types) {
        StructType area = types.struct("vm_area_struct");
        Optional<KernelObject> tree = struct.find("mm_mt");
        if (tree.isPresent()) {
            return MapleTree.entries(tree.get(), types)
                    .map(entry -> area(KernelObject.at(struct.space(), area, entry.word())));
        }
        return Chain.through(struct.member("mmap"), area, "vm_next").map(MemoryMap::area);
    }

    private static MemoryArea area(KernelObject struct) {
        return new MemoryArea(struct.loadedIfReadable());
    }

    /// The area that an address lies in.
    public Optional<MemoryArea> areaAt(long virtualAddress) throws IOException {
        return areas().first(area -> area.contains(virtualAddress));
    }

    /// The memory itself, through its page tables.
    ///
    /// Throws a [io.inquest.dump.DumpException] when the kernel's own tables cannot be found, a [MemoryFault] when
    /// they do not tell where this memory's root table lies.
    public AddressSpace space() throws IOException {
        KernelSpace tables = kernel.pageTables();
        return tables.userSpace(rootTablePhysical(tables));
    }

    private long rootTablePhysical(KernelSpace tables) throws IOException {
        if (tables.translate(rootTable(), 1) instanceof Mapping.Mapped mapped) {
            return mapped.to();
        }
        OptionalLong start = tables.directMap(0);
        if (start.isEmpty()) {
            throw new MemoryFault(
                    rootTable(),
                    PageState.ABSENT,
                    "the root page table of the task's memory at " + Hex.of(rootTable())
                            + " is not mapped, and the kernel's direct map is lost that would tell its frame");
        }
        return rootTable() - start.getAsLong();
    }
}
