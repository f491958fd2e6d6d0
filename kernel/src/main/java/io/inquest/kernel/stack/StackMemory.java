package io.inquest.kernel.stack;

import io.inquest.dump.MemoryFault;
import io.inquest.dump.PageState;
import io.inquest.kernel.AddressSpace;
import io.inquest.kernel.Hex;
import io.inquest.kernel.arch.StackArea;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The stacks that a chain of calls may lead over: a task's and those of its CPU. Other memory is not read.
///
/// Each stack is read once and in one piece. For one thread.
public final class StackMemory {

    private final AddressSpace space;
    private final List<StackArea> areas;
    private final ReturnHooks hooks;
    private final @Nullable StackCopy[] copies;

    /// Stacks on which return addresses are what they seem.
    public StackMemory(AddressSpace space, List<StackArea> areas) {
        this(space, areas, ReturnHooks.NONE);
    }

    /// Stacks of which `hooks` knows what return addresses tracers replaced.
    StackMemory(AddressSpace space, List<StackArea> areas, ReturnHooks hooks) {
        this.space = space;
        this.hooks = hooks;
        this.areas = List.copyOf(areas);
        this.copies = new StackCopy[areas.size()];
    }

    public List<StackArea> areas() {
        return areas;
    }

    /// The return addresses that tracers took away from these stacks.
    ReturnHooks hooks() {
        return hooks;
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
        return copyOf(address, space.wordBytes()).word(address);
    }

    /// Bytes from an address on, on one of the stacks; faults as [#word] does.
    public ByteBuffer bytes(long address, int count) {
        return copyOf(address, count).bytes(address, count);
    }

    /// Where words lie that point behind `low` and no further than `high`, on all stacks in order.
    List<Long> slots(long low, long high) {
        List<Long> slots = new ArrayList<>();
        for (int i = 0; i < areas.size(); i++) {
            for (long slot : copy(i).slots(low, high)) {
                slots.add(slot);
            }
        }
        return slots;
    }

    private StackCopy copyOf(long address, int count) {
        int index = indexOf(address);
        if (index < 0 || areas.get(index).high() - address < count) {
            throw new MemoryFault(address, PageState.ABSENT, Hex.of(address) + " is on none of the stacks");
        }
        return copy(index);
    }

    private StackCopy copy(int index) {
        StackCopy copy = copies[index];
        if (copy == null) {
            copy = StackCopy.of(space, areas.get(index));
            copies[index] = copy;
        }
        return copy;
    }
}
