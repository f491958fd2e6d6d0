package io.inquest.kernel.zone;

/// A piece of memory that can be plugged in and out as a whole (`struct memory_block`, `include/linux/memory.h`):
/// `/sys/devices/system/memory/memoryN`.
///
/// @param address of its `struct memory_block`
/// @param name of its device; empty where the dump lacks the struct
/// @param firstSection number of its first section
/// @param startPfn first frame
/// @param endPfn the frame behind its last one
/// @param node number of its memory node, -1 where the kernel does not keep it or the dump lacks it
/// @param state `ONLINE`, `OFFLINE`, or what is going on; empty for a number without a name
public record MemoryBlock(
        long address, String name, long firstSection, long startPfn, long endPfn, int node, String state) {}
