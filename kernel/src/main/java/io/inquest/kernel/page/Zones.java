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

/// The memory zones that have frames: addresses of their `struct zone`.
final class Zones {

    /// `MAX_NR_ZONES` is at most 6 (DMA, DMA32, NORMAL, HIGHMEM, MOVABLE, DEVICE).
    private static final int MOST_ZONES = 8;

    private Zones() {}

    /// Empty when the dump does not tell where they are.
    static List<Long> populated(AddressSpace space, VmcoreInfo info, Warnings warnings) throws IOException {
        OptionalLong zonesAt = info.offset("pglist_data.node_zones");
        OptionalLong countAt = info.offset("pglist_data.nr_zones");
        OptionalLong spannedAt = info.offset("zone.spanned_pages");
        OptionalLong size = info.size("zone");
        List<Long> zones = new ArrayList<>();
        if (zonesAt.isEmpty() || countAt.isEmpty() || spannedAt.isEmpty() || size.isEmpty()) {
            return zones;
        }
        for (long node : new Nodes(space, info).addresses(warnings)) {
            try {
                int count = Math.clamp(space.readInt(node + countAt.getAsLong()), 0, MOST_ZONES);
                for (int i = 0; i < count; i++) {
                    long zone = node + zonesAt.getAsLong() + i * size.getAsLong();
                    if (space.readWord(zone + spannedAt.getAsLong()) != 0) {
                        zones.add(zone);
                    }
                }
            } catch (MemoryFault broken) {
                warnings.warn(
                        "the zones of the memory node at " + Hex.of(node) + " cannot be read: " + broken.getMessage());
            }
        }
        return zones;
    }
}
