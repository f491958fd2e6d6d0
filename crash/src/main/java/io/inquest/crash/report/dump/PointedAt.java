package io.inquest.crash.report.dump;

import io.inquest.crash.report.death.KnownValue;
import io.inquest.dump.DumpException;
import io.inquest.dump.MemoryFault;
import io.inquest.kernel.Kernel;
import io.inquest.kernel.slab.SlabCaches;
import io.inquest.kernel.slab.SlabObject;
import io.inquest.kernel.symbol.Place;
import io.inquest.kernel.task.Task;
import io.inquest.kernel.type.MissingMember;
import io.inquest.kernel.type.MissingType;
import java.io.IOException;
import java.util.Optional;

/// Says what a value points at, if it is an address that something is known of: a task, its stack, a slab object,
/// a symbol; or what it looks like.
final class PointedAt {

    /// Further from a symbol, the address is in something that has no symbol of its own.
    private static final long MOST_OFFSET = 1 << 16;

    private final Kernel kernel;
    private final TaskStacks stacks;
    private final Optional<SlabCaches> slabs;
    private final long taskBytes;

    private PointedAt(Kernel kernel) throws IOException {
        this.kernel = kernel;
        this.stacks = new TaskStacks(kernel);
        this.slabs = slabs(kernel);
        this.taskBytes = kernel.types().struct("task_struct").bytes();
    }

    private static Optional<SlabCaches> slabs(Kernel kernel) throws IOException {
        try {
            return Optional.of(SlabCaches.of(kernel));
        } catch (DumpException | MemoryFault | MissingType | MissingMember lost) {
            return Optional.empty();
        }
    }

    static PointedAt of(Kernel kernel) throws IOException {
        return new PointedAt(kernel);
    }

    /// In a few words; empty if nothing is known.
    String describe(long value) throws IOException {
        Optional<String> looks = KnownValue.ofRegister(value);
        if (looks.isPresent() || value > 0) {
            return looks.orElse("");
        }
        Optional<Task> owner = stacks.at(value);
        if (owner.isPresent()) {
            return "stack of task " + name(owner.get());
        }
        Optional<String> task = taskAround(value);
        if (task.isPresent()) {
            return task.get();
        }
        Optional<String> object = slabObject(value);
        if (object.isPresent()) {
            return object.get();
        }
        Optional<Place> symbol = kernel.symbols().at(value);
        return symbol.filter(place -> Long.compareUnsigned(place.offset(), MOST_OFFSET) < 0)
                .map(Place::toString)
                .orElse("");
    }

    private Optional<String> taskAround(long value) throws IOException {
        for (Task task : kernel.tasks()) {
            long within = value - task.address();
            if (Long.compareUnsigned(within, taskBytes) < 0) {
                return Optional.of(
                        "task " + name(task) + (within == 0 ? "" : ", 0x" + Long.toHexString(within) + " into it"));
            }
        }
        return Optional.empty();
    }

    private Optional<String> slabObject(long value) throws IOException {
        if (slabs.isEmpty()) {
            return Optional.empty();
        }
        try {
            return slabs.get().objectAt(value).map(object -> describe(object, value - object.address()));
        } catch (MemoryFault lost) {
            return Optional.empty();
        }
    }

    private static String describe(SlabObject object, long within) {
        String state = object.state() == SlabObject.State.ALLOCATED ? "" : "free ";
        String offset = within == 0 ? "" : ", 0x" + Long.toHexString(within) + " into it";
        return state + "object of slab cache " + object.slab().cache().name() + offset;
    }

    private static String name(Task task) {
        try {
            return task.comm() + " (pid " + task.pid() + ")";
        } catch (MemoryFault lost) {
            return "at 0x" + Long.toHexString(task.address());
        }
    }
}
