package io.inquest.crash.command.stack;

import io.inquest.crash.UsageException;
import io.inquest.dump.MemoryFault;
import io.inquest.kernel.Kernel;
import io.inquest.kernel.arch.StackArea;
import io.inquest.kernel.stack.StackTrace;
import io.inquest.kernel.symbol.Place;
import io.inquest.kernel.task.Task;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// `bt -S` and `bt -I`: a chain of calls from where the user says that it begins, for a stack of which nothing
/// else is known or believed.
///
/// | given          | the chain begins                                                                        |
/// |----------------|-----------------------------------------------------------------------------------------|
/// | `-S` and `-I`  | in that code, which returns to that place on the stack                                  |
/// | `-S` only      | with the first word from that place on that points into code                            |
/// | `-I` only      | with the lowest word of the stack that is that address, or points into that function    |
///
/// @param slot where the return address lies on the stack
/// @param address the code
record StartingPoint(OptionalLong slot, OptionalLong address) {

    StackTrace trace(Kernel kernel, Task task) throws IOException {
        List<StackArea> areas = kernel.stacks().areas(task);
        if (slot.isEmpty()) {
            return found(kernel, task, areas);
        }
        long from = slot.getAsLong();
        StackArea area = areas.stream()
                .filter(each -> each.contains(from))
                .findFirst()
                .orElseThrow(
                        () -> new UsageException("invalid stack address for this task: " + Long.toHexString(from)));
        if (address.isPresent()) {
            return kernel.stacks().from(task, from, address.getAsLong());
        }
        return search(kernel, task, from, area.high())
                .orElseThrow(() -> new UsageException("no word from " + Long.toHexString(from) + " to "
                        + Long.toHexString(area.high()) + " points into code"));
    }

    private StackTrace found(Kernel kernel, Task task, List<StackArea> areas) throws IOException {
        for (StackArea area : areas) {
            Optional<StackTrace> trace = search(kernel, task, area.low(), area.high());
            if (trace.isPresent()) {
                return trace.get();
            }
        }
        throw new UsageException("no word on the stack of " + task + " points to " + Long.toHexString(address.orElse(0))
                + "; give its place with -S");
    }

    private Optional<StackTrace> search(Kernel kernel, Task task, long from, long to) throws IOException {
        int wordBytes = kernel.space().wordBytes();
        for (long at = from & -wordBytes; at != to; at += wordBytes) {
            try {
                long word = kernel.space().readWord(at);
                if (isWanted(kernel, word)) {
                    return Optional.of(kernel.stacks().from(task, at, word));
                }
            } catch (MemoryFault lost) {
                // What lay there may have been it.
            }
        }
        return Optional.empty();
    }

    private boolean isWanted(Kernel kernel, long word) throws IOException {
        Optional<Place> place =
                kernel.symbols().at(word).filter(found -> found.symbol().isText());
        if (place.isEmpty() || address.isEmpty()) {
            return place.isPresent();
        }
        long wanted = address.getAsLong();
        return word == wanted || place.get().symbol().address() == wanted;
    }
}
