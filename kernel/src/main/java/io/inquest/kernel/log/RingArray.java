package io.inquest.kernel.log;

import io.inquest.dump.MemoryFault;
import io.inquest.kernel.AddressSpace;
import java.io.IOException;
import java.nio.ByteBuffer;

/// An array of structures in the kernel's memory, read in blocks by one thread.
final class RingArray {

    private static final int BLOCK_ELEMENTS = 64;

    private final AddressSpace space;
    private final long address;
    private final int elementBytes;
    private final ByteBuffer block;
    private final ByteBuffer element;
    private long blockIndex = -1;

    RingArray(AddressSpace space, long address, int elementBytes, long elements) {
        this.space = space;
        this.address = address;
        this.elementBytes = elementBytes;
        int blockElements = (int) Math.min(BLOCK_ELEMENTS, elements);
        this.block = ByteBuffer.allocate(blockElements * elementBytes).order(space.order());
        this.element = ByteBuffer.allocate(elementBytes).order(space.order());
    }

    /// The bytes of one element from index 0 on; valid until the next call. Throws a [MemoryFault] when that
    /// element cannot be read, whatever its neighbours.
    ByteBuffer element(long index) throws IOException {
        int blockElements = block.capacity() / elementBytes;
        long wanted = index / blockElements;
        if (wanted != blockIndex && !readBlock(wanted, blockElements)) {
            space.read(address + index * elementBytes, element.clear());
            return element.flip();
        }
        int start = (int) (index % blockElements) * elementBytes;
        return block.slice(start, elementBytes).order(space.order());
    }

    private boolean readBlock(long wanted, int blockElements) throws IOException {
        blockIndex = -1;
        try {
            space.read(address + wanted * blockElements * elementBytes, block.clear());
        } catch (MemoryFault oneOfThem) {
            return false;
        }
        blockIndex = wanted;
        return true;
    }
}
