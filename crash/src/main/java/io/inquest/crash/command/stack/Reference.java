package io.inquest.crash.command.stack;

import io.inquest.crash.command.Invocation;
import io.inquest.dump.MemoryFault;
import io.inquest.kernel.Kernel;
import io.inquest.kernel.stack.Frame;
import java.io.IOException;
import java.util.List;

/// What a stack must have to be shown, `bt -R`: a function by its name, or a word in the part in use.
///
/// @param function name, "" for any
/// @param word the value, 0 if a function is looked for
record Reference(String function, long word) {

    static final Reference ANY = new Reference("", 0);

    static Reference parse(Invocation invocation, String text) throws IOException {
        return invocation.kernel().symbols().find(text).isPresent()
                ? new Reference(text, 0)
                : new Reference("", invocation.address(text));
    }

    boolean isIn(Kernel kernel, TaskStack stack) throws IOException {
        if (equals(ANY)) {
            return true;
        }
        List<Frame> frames = stack.trace().frames();
        if (!function.isEmpty()) {
            return frames.stream().anyMatch(frame -> frame.function().equals(function));
        }
        return frames.stream().anyMatch(frame -> frame.address() == word) || isInWords(kernel, stack);
    }

    private boolean isInWords(Kernel kernel, TaskStack stack) throws IOException {
        long low = stack.task().stack();
        long high = low + kernel.stacks().taskStackBytes();
        List<Frame> frames = stack.trace().frames();
        long from = frames.isEmpty() ? high : frames.getFirst().slot();
        for (long at = from; Long.compareUnsigned(at, low) >= 0 && Long.compareUnsigned(at, high) < 0; at += 8) {
            try {
                if (kernel.space().readWord(at) == word) {
                    return true;
                }
            } catch (MemoryFault lost) {
                return false;
            }
        }
        return false;
    }
}
