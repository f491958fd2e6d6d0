package io.inquest.kernel.zone;

import io.inquest.dump.MemoryFault;
import io.inquest.kernel.AddressSpace;
import io.inquest.kernel.Kernel;
import io.inquest.kernel.object.KernelObject;
import io.inquest.kernel.object.Walk;
import io.inquest.kernel.object.XArray;
import io.inquest.kernel.type.StructType;
import io.inquest.kernel.type.Types;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// Finds the memory blocks of a kernel with `CONFIG_MEMORY_HOTPLUG`: the xarray `memory_blocks`, by their first
/// section (`drivers/base/memory.c`, since 5.8). Others have none here.
public final class MemoryBlocks {

    private static final String STATE_PREFIX = "MEM_";

    /// What `state` holds, one bit each, before the states became an enum (6.19).
    private static final List<String> STATE_BITS = List.of(
            "ONLINE",
            "GOING_OFFLINE",
            "OFFLINE",
            "GOING_ONLINE",
            "CANCEL_ONLINE",
            "CANCEL_OFFLINE",
            "PREPARE_ONLINE",
            "FINISH_OFFLINE");

    private final Types types;
    private final int sectionShift;
    private final long sectionsPerBlock;

    private MemoryBlocks(Kernel kernel) throws IOException {
        this.types = kernel.types();
        this.sectionShift = MemorySections.frameShift(kernel);
        OptionalLong count = kernel.symbols().address("sections_per_block");
        this.sectionsPerBlock =
                count.isEmpty() ? 1 : kernel.object("int", count.getAsLong()).unsigned();
    }

    /// The blocks in the order of their memory; empty where the kernel has no such blocks.
    public static Optional<Walk<MemoryBlock>> of(Kernel kernel) throws IOException {
        OptionalLong root = kernel.symbols().address("memory_blocks");
        Optional<StructType> type = kernel.types().findStruct("memory_block");
        if (root.isEmpty() || type.isEmpty()) {
            return Optional.empty();
        }
        MemoryBlocks blocks = new MemoryBlocks(kernel);
        AddressSpace space = kernel.space();
        return Optional.of(XArray.entries(kernel.object("struct xarray", root.getAsLong()), kernel.types())
                .map(entry -> blocks.block(KernelObject.at(space, type.get(), entry.word()), entry.index())));
    }

    /// The index is the block's number: of one that the dump lacks, nothing else is known.
    private MemoryBlock block(KernelObject struct, long index) {
        long first = index * sectionsPerBlock;
        long start = first << sectionShift;
        long end = (first + sectionsPerBlock) << sectionShift;
        try {
            String name = struct.member("dev.kobj.name").string();
            int node = struct.find("nid").map(KernelObject::intValue).orElse(-1);
            String state = state(struct.member("state").unsigned());
            return new MemoryBlock(struct.address(), name, first, start, end, node, state);
        } catch (MemoryFault missing) {
            return new MemoryBlock(struct.address(), "", first, start, end, -1, "");
        }
    }

    private String state(long state) {
        if (types.enumerator(STATE_PREFIX + "ONLINE").isEmpty()) {
            int bit = Long.numberOfTrailingZeros(state);
            return bit < STATE_BITS.size() && Long.bitCount(state) == 1 ? STATE_BITS.get(bit) : "";
        }
        return STATE_BITS.stream()
                .filter(name -> types.enumerator(STATE_PREFIX + name).orElse(-1) == state)
                .findFirst()
                .orElse("");
    }
}
