package io.inquest.kernel.stack;

import io.inquest.dump.MemoryFault;
import io.inquest.dump.PageState;
import io.inquest.kernel.AddressSpace;
import io.inquest.kernel.Hex;
import io.inquest.kernel.arch.StackArea;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The stacks that a chain of calls may lead over: a task's and those of its CPU. Other memory is not read.
///
/// Each stack is read once and in one piece. For one thread.
public final class StackMemory {

    private final AddressSpace space;
    private final List<StackArea> areas;
    private final @Nullable ByteBuffer[] copies;

    public StackMemory(AddressSpace space, List<StackArea> areas) {
        this.space = space;
        this.areas = List.copyOf(areas);
        this.copies = new ByteBuffer[areas.size()];
    }

    public List<StackArea> areas() {
        return areas;
    }

    /// The stack that an address lies on.
    public Optional<StackArea> areaOf(long address) {
        int index = indexOf(address);
        return index < 0 ? Optional.empty() : Optional.of(areas.get(index));
    }

    private int indexOf(long address) {
        for (int i = 0; i < areas.size(); i++) {
            if (areas.get(i).contains(address)) {
                return i;
            }
        }
        return -1;
    }

    /// The pointer at an address on one of the stacks.
    ///
    /// Throws a [MemoryFault] when the address lies on none of them, or the dump does not hold it.
    public long word(long address) {
        ByteBuffer bytes = bytes(address, space.wordBytes());
        return space.wordBytes() == Long.BYTES ? bytes.getLong(0) : bytes.getInt(0) & 0xffff_ffffL;
    }

    /// Bytes from an address on, on one of the stacks; faults as [#word] does.
    public ByteBuffer bytes(long address, int count) {
        int index = indexOf(address);
        if (index < 0 || areas.get(index).high() - address < count) {
            throw new MemoryFault(address, PageState.ABSENT, Hex.of(address) + " is on none of the stacks");
        }
        ByteBuffer copy = copies[index];
        if (copy == null) {
            copy = copyOf(areas.get(index));
            copies[index] = copy;
        }
        return copy.capacity() == 0
                ? read(address, count)
                : copy.slice((int) (address - areas.get(index).low()), count).order(space.order());
    }

    /// Nothing where a part of the stack is missing: then each word is read by itself.
    private ByteBuffer copyOf(StackArea area) {
        try {
            return read(area.low(), (int) area.bytes());
        } catch (MemoryFault partly) {
            return ByteBuffer.allocate(0);
        }
    }

    private ByteBuffer read(long address, int count) {
        ByteBuffer bytes = ByteBuffer.allocate(count).order(space.order());
        try {
            space.read(address, bytes);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        return bytes.flip().order(space.order());
    }
}
