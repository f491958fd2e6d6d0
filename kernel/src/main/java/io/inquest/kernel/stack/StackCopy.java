package io.inquest.kernel.stack;

import io.inquest.dump.MemoryFault;
import io.inquest.kernel.AddressSpace;
import io.inquest.kernel.arch.StackArea;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The bytes of one stack, read in one piece, or page by page where a page is missing.
final class StackCopy {

    private static final int PAGE = 4096;

    private final StackArea area;
    private final ByteBuffer bytes;
    private final int wordBytes;
    private final @Nullable MemoryFault[] faults;

    private StackCopy(AddressSpace space, StackArea area) {
        this.area = area;
        this.bytes = ByteBuffer.allocate((int) area.bytes()).order(space.order());
        this.wordBytes = space.wordBytes();
        this.faults = new MemoryFault[(bytes.capacity() + PAGE - 1) / PAGE];
    }

    static StackCopy of(AddressSpace space, StackArea area) {
        StackCopy copy = new StackCopy(space, area);
        if (copy.read(space, 0, copy.bytes.capacity()) != null) {
            for (int page = 0; page < copy.faults.length; page++) {
                int from = page * PAGE;
                copy.faults[page] = copy.read(space, from, Math.min(PAGE, copy.bytes.capacity() - from));
            }
        }
        return copy;
    }

    private @Nullable MemoryFault read(AddressSpace space, int from, int count) {
        try {
            space.read(area.low() + from, bytes.slice(from, count));
            return null;
        } catch (MemoryFault lost) {
            return lost;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /// `count` bytes from an address on, which must lie in the stack.
    ByteBuffer bytes(long address, int count) {
        int from = (int) (address - area.low());
        check(from, count);
        return bytes.slice(from, count).order(bytes.order());
    }

    /// The word at an address, which must lie in the stack.
    long word(long address) {
        int from = (int) (address - area.low());
        check(from, wordBytes);
        return at(from);
    }

    private long at(int from) {
        return wordBytes == Long.BYTES ? bytes.getLong(from) : bytes.getInt(from) & 0xffff_ffffL;
    }

    private void check(int from, int count) {
        for (int page = from / PAGE; page <= (from + count - 1) / PAGE; page++) {
            MemoryFault fault = faults[page];
            if (fault != null) {
                throw fault;
            }
        }
    }

    /// Where on the stack words lie that point behind `low` and no further than `high`, the lowest first; missing
    /// pages read as zeros and have none.
    long[] slots(long low, long high) {
        long[] found = new long[16];
        int count = 0;
        for (int from = 0; from + wordBytes <= bytes.capacity(); from += wordBytes) {
            if (Long.compareUnsigned(at(from) - low - 1, high - low) < 0) {
                if (count == found.length) {
                    found = Arrays.copyOf(found, 2 * count);
                }
                found[count++] = area.low() + from;
            }
        }
        return Arrays.copyOf(found, count);
    }
}
