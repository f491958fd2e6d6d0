package io.inquest.kernel.stack;

import io.inquest.dump.MemoryFault;
import io.inquest.kernel.arch.Registers;
import io.inquest.kernel.arch.StackArea;
import io.inquest.kernel.arch.StackRules;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Adds to a chain of calls every word between its frames that points into code.
final class StaleCalls {

    private final Code code;
    private final StackRules rules;
    private final StackMemory stacks;
    private final int wordBytes;

    StaleCalls(Code code, StackRules rules, StackMemory stacks, int wordBytes) {
        this.code = code;
        this.rules = rules;
        this.stacks = stacks;
        this.wordBytes = wordBytes;
    }

    StackTrace in(StackTrace trace) {
        List<Frame> all = new ArrayList<>();
        List<Frame> frames = trace.frames();
        for (int i = 0; i < frames.size(); i++) {
            Frame frame = frames.get(i);
            all.add(frame);
            if (!frame.user() && frame.stack().isPresent()) {
                addBetween(
                        frame,
                        end(frame, i + 1 < frames.size() ? Optional.of(frames.get(i + 1)) : Optional.empty()),
                        all);
            }
        }
        return new StackTrace(all, trace.end(), trace.remarks());
    }

    /// Where the words of a frame end: at its caller's return address, before the registers that an exception
    /// saved right behind it, or with the stack.
    private static long end(Frame frame, Optional<Frame> caller) {
        if (caller.isPresent() && caller.get().interrupted()) {
            return frame.slot();
        }
        boolean sameStack = caller.isPresent() && caller.get().stack().equals(frame.stack());
        return sameStack
                ? caller.get().slot()
                : frame.stack().map(StackArea::high).orElse(frame.slot());
    }

    private void addBetween(Frame frame, long end, List<Frame> all) {
        long first = frame.interrupted() ? frame.stackPointer() : frame.slot() + wordBytes;
        for (long at = first; Long.compareUnsigned(at, end) < 0; at += wordBytes) {
            try {
                long word = stacks.word(at);
                if (isInFunction(word)) {
                    all.add(stale(word, at, frame.stack()));
                }
            } catch (MemoryFault lost) {
                // Nobody may know what lay there.
            }
        }
    }

    /// The address of a function itself is a pointer to it that somebody kept.
    private boolean isInFunction(long word) {
        return code.isText(word) && code.startOfFunction(word).orElse(word) != word;
    }

    private Frame stale(long word, long at, Optional<StackArea> stack) {
        FrameState state = new FrameState(Registers.caller(rules.registerNames(), word, at + wordBytes), false);
        return new Frame(state, at, code.placeOf(state), stack, false, FoundBy.SCAN, Trust.GUESSED);
    }
}
