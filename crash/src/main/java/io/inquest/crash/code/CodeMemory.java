package io.inquest.crash.code;

import io.inquest.dump.MemoryFault;
import io.inquest.kernel.AddressSpace;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/// Code in memory of which a part may be missing.
public record CodeMemory(AddressSpace space) {

    private static final int PIECE = 4096;

    /// The bytes from an address on, at most so many, up to the first page that cannot be read.
    ///
    /// Throws a [MemoryFault] if not even the first can.
    public byte[] read(long address, int most) throws IOException {
        byte[] bytes = new byte[most];
        int read = 0;
        while (read < most) {
            int piece = Math.min(most - read, PIECE - (int) ((address + read) & (PIECE - 1)));
            try {
                space.read(address + read, ByteBuffer.wrap(bytes, read, piece));
            } catch (MemoryFault lost) {
                if (read == 0) {
                    throw lost;
                }
                return Arrays.copyOf(bytes, read);
            }
            read += piece;
        }
        return bytes;
    }
}
