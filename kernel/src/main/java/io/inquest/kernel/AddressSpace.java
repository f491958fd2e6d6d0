package io.inquest.kernel;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// Virtual memory of the kernel or of one task, read through its page tables.
///
/// Safe for many threads at once.
public interface AddressSpace {

    ByteOrder order();

    /// Size of a pointer and of an `unsigned long`: 4 or 8 bytes.
    int wordBytes();

    /// Where `virtualAddress` lives; the answer is a run of up to `bytes` bytes.
    ///
    /// Never throws for what a page table holds; throws only when the input itself fails.
    Mapping translate(long virtualAddress, long bytes) throws IOException;

    /// Fills all of `target` from `virtualAddress` on, across pages.
    ///
    /// Throws a [MemoryFault] that names the address and why when a part is not mapped or its frame not readable.
    void read(long virtualAddress, ByteBuffer target) throws IOException;

    /// Reads one byte, unsigned.
    default int readByte(long virtualAddress) throws IOException {
        return buffer(virtualAddress, 1).get() & 0xff;
    }

    /// Reads two bytes, unsigned.
    default int readShort(long virtualAddress) throws IOException {
        return buffer(virtualAddress, 2).getShort() & 0xffff;
    }

    default int readInt(long virtualAddress) throws IOException {
        return buffer(virtualAddress, 4).getInt();
    }

    default long readLong(long virtualAddress) throws IOException {
        return buffer(virtualAddress, 8).getLong();
    }

    /// Reads an `unsigned long` or a pointer.
    default long readWord(long virtualAddress) throws IOException {
        return wordBytes() == 8 ? readLong(virtualAddress) : readInt(virtualAddress) & 0xffff_ffffL;
    }

    private ByteBuffer buffer(long virtualAddress, int bytes) throws IOException {
        ByteBuffer target = ByteBuffer.allocate(bytes).order(order());
        read(virtualAddress, target);
        return target.flip();
    }
}
