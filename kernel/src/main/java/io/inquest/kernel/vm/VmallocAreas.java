package io.inquest.kernel.vm;

import io.inquest.dump.MemoryFault;
import io.inquest.kernel.Kernel;
import io.inquest.kernel.object.KernelList;
import io.inquest.kernel.object.KernelObject;
import io.inquest.kernel.object.Walk;
import io.inquest.kernel.object.WalkEnd;
import io.inquest.kernel.type.StructType;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// The ranges of the kernel's virtual memory that are in use.
///
/// | Since  | Where                                                                                  |
/// |--------|----------------------------------------------------------------------------------------|
/// | 2.6.28 | one list in the order of addresses at `vmap_area_list` (db64fe02258f)                   |
/// | 6.9    | spread over the `nr_vmap_nodes` elements of `vmap_nodes`, lists `busy` (d093602919ad)   |
///
/// @param areas in the order of addresses
/// @param end how the first list that did not end well ended, or which area the dump lacks
public record VmallocAreas(List<VmallocArea> areas, WalkEnd end) {

    private static final long MOST_NODES = 1024;

    public VmallocAreas {
        areas = List.copyOf(areas);
    }

    public static VmallocAreas of(Kernel kernel) throws IOException {
        StructType type = kernel.types().struct("vmap_area");
        List<VmallocArea> areas = new ArrayList<>();
        WalkEnd end = new WalkEnd.Complete();
        for (KernelObject head : heads(kernel)) {
            Walk<KernelObject> list = KernelList.entries(head, type, "list");
            for (KernelObject area : list) {
                try {
                    areas.add(new VmallocArea(area.loaded()));
                } catch (MemoryFault lost) {
                    end = new WalkEnd.Fault(lost.getMessage());
                }
            }
            end = end.isComplete() ? list.end() : end;
        }
        areas.sort((a, b) -> Long.compareUnsigned(a.start(), b.start()));
        return new VmallocAreas(areas, end);
    }

    private static List<KernelObject> heads(Kernel kernel) throws IOException {
        if (kernel.symbols().address("vmap_nodes").isEmpty()) {
            return List.of(kernel.object("vmap_area_list"));
        }
        List<KernelObject> heads = new ArrayList<>();
        KernelObject nodes = kernel.object("vmap_nodes");
        long count = Math.min(kernel.object("nr_vmap_nodes").unsigned(), MOST_NODES);
        for (long i = 0; i < count; i++) {
            heads.add(nodes.element(i).member("busy.head"));
        }
        return heads;
    }
}
