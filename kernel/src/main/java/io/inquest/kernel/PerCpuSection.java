package io.inquest.kernel;

import io.inquest.dump.MemoryFault;
import io.inquest.dump.PageState;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.function.LongFunction;

/// Memory in which the addresses that per-CPU variables have as symbols cannot be read.
///
/// The section `.data..percpu` of the image holds the values that each CPU's copy began with. It is freed with the
/// other initial memory at the end of boot, and given to whoever asks for memory: what lies there in a dump is
/// somebody else's. Since 6.15 (commit 9d7de2aa8b41) the symbols of x86-64 lead there, as those of other machines
/// always did; a reader who forgot to ask for a CPU's copy would take that for the variable.
///
/// @param space the memory
/// @param start the first address of the section
/// @param end the one after its last
/// @param names what is told as the name of the variable at an address of the section
public record PerCpuSection(AddressSpace space, long start, long end, LongFunction<String> names)
        implements AddressSpace {

    @Override
    public ByteOrder order() {
        return space.order();
    }

    @Override
    public int wordBytes() {
        return space.wordBytes();
    }

    @Override
    public Mapping translate(long virtualAddress, long bytes) throws IOException {
        return space.translate(virtualAddress, bytes);
    }

    /// Throws a [MemoryFault] when any of the bytes are of the section.
    @Override
    public void read(long virtualAddress, ByteBuffer target) throws IOException {
        boolean isBehind = Long.compareUnsigned(virtualAddress, end) >= 0;
        boolean isBefore = Long.compareUnsigned(virtualAddress, start) < 0
                && Long.compareUnsigned(start - virtualAddress, target.remaining()) >= 0;
        if (isBehind || isBefore) {
            space.read(virtualAddress, target);
            return;
        }
        long at = Long.compareUnsigned(virtualAddress, start) < 0 ? start : virtualAddress;
        throw new MemoryFault(
                at,
                PageState.ABSENT,
                names.apply(at) + " is per CPU, and no CPU's copy is at " + Hex.of(at) + ": name a CPU");
    }
}
