package io.inquest.kernel.page;

import io.inquest.dump.MemoryFault;
import io.inquest.dump.Warnings;
import io.inquest.kernel.AddressSpace;
import io.inquest.kernel.Hex;
import io.inquest.kernel.VmcoreInfo;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/// The memory nodes of the machine: addresses of their `struct pglist_data`.
///
/// | Kernel                  | Where                                                        |
/// |-------------------------|--------------------------------------------------------------|
/// | one node without NUMA   | `contig_page_data` itself                                    |
/// | NUMA                    | `node_data[]`, pointers; those of offline nodes are no use   |
/// | to 2.6.16               | `pgdat_list`, a chain by `pgdat_next` or an array (ia64)      |
final class Nodes {

    private static final int MOST_NODES = 1 << 10;

    private final AddressSpace space;
    private final VmcoreInfo info;

    Nodes(AddressSpace space, VmcoreInfo info) {
        this.space = space;
        this.info = info;
    }

    /// Empty when the dump does not tell, or nothing of it can be read.
    List<Long> addresses(Warnings warnings) throws IOException {
        try {
            OptionalLong table = info.symbol("node_data");
            if (table.isPresent()) {
                return online(table.getAsLong(), info.length("node_data").orElse(1));
            }
            OptionalLong list = info.symbol("pgdat_list");
            if (list.isPresent()) {
                OptionalLong length = info.length("pgdat_list");
                return length.isPresent()
                        ? online(list.getAsLong(), length.getAsLong())
                        : chain(space.readWord(list.getAsLong()), warnings);
            }
        } catch (MemoryFault broken) {
            warnings.warn("the list of memory nodes cannot be read: " + broken.getMessage());
            return List.of();
        }
        OptionalLong single = info.symbol("contig_page_data");
        return single.isPresent() ? List.of(single.getAsLong()) : List.of();
    }

    private List<Long> online(long table, long length) throws IOException {
        List<Long> nodes = new ArrayList<>();
        for (int i = 0; i < Math.min(length, MOST_NODES); i++) {
            if (isOnline(i)) {
                long node = space.readWord(table + (long) i * space.wordBytes());
                if (node != 0) {
                    nodes.add(node);
                }
            }
        }
        return nodes;
    }

    /// Bit `node` of `node_online_map`, which since 2.6.24 is one of the maps in `node_states`.
    private boolean isOnline(int node) throws IOException {
        OptionalLong map = info.symbol("node_online_map");
        if (map.isEmpty() && info.symbol("node_states").isPresent()) {
            long bytes = info.size("nodemask_t").orElse(space.wordBytes());
            map = OptionalLong.of(info.symbol("node_states").getAsLong()
                    + bytes * info.number("N_ONLINE").orElse(1));
        }
        if (map.isEmpty()) {
            return true;
        }
        int bits = space.wordBytes() * Byte.SIZE;
        long word = space.readWord(map.getAsLong() + (long) (node / bits) * space.wordBytes());
        return (word >>> node % bits & 1) != 0;
    }

    private List<Long> chain(long first, Warnings warnings) throws IOException {
        List<Long> nodes = new ArrayList<>();
        long next = info.offset("pglist_data.pgdat_next").orElse(-1);
        for (long node = first; node != 0; node = next < 0 ? 0 : space.readWord(node + next)) {
            if (nodes.contains(node) || nodes.size() == MOST_NODES) {
                warnings.warn("the chain of memory nodes loops at " + Hex.of(node) + ": what was met so far is used");
                break;
            }
            nodes.add(node);
        }
        return nodes;
    }
}
