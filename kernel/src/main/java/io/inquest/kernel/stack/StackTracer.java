package io.inquest.kernel.stack;

import io.inquest.dump.MemoryFault;
import io.inquest.kernel.Hex;
import io.inquest.kernel.arch.StackArea;
import io.inquest.kernel.arch.StackRules;
import io.inquest.kernel.symbol.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// Goes from frame to frame, each by the first way that leads on.
final class StackTracer {

    /// Ten times the deepest chain that fits on a stack of 16 KiB in practice.
    private static final int MOST_FRAMES = 1024;

    private final List<Unwinder> ways;
    private final Code code;
    private final StackRules rules;

    /// `ways` in the order of trust.
    StackTracer(List<Unwinder> ways, Code code, StackRules rules) {
        this.ways = List.copyOf(ways);
        this.code = code;
        this.rules = rules;
    }

    /// The chain of calls from a frame on.
    StackTrace from(FrameState start, long slot, FoundBy foundBy, StackMemory stacks) {
        return new Run(stacks).from(start, slot, foundBy);
    }

    /// One chain in the making.
    private final class Run {

        private final StackMemory stacks;
        private final List<Frame> frames = new ArrayList<>();
        private FoundBy lastWay = FoundBy.REGISTERS;

        Run(StackMemory stacks) {
            this.stacks = stacks;
        }

        StackTrace from(FrameState start, long slot, FoundBy foundBy) {
            add(start, code.placeOf(start), slot, foundBy, foundBy.trust());
            while (true) {
                Frame frame = frames.getLast();
                if (frame.user()) {
                    return ended(new StackEnd.UserProgram());
                }
                if (frames.size() >= MOST_FRAMES) {
                    return ended(new StackEnd.Broken("stopped after " + MOST_FRAMES + " frames"));
                }
                switch (next(frame)) {
                    case Step.Caller(FrameState state, long at) -> {
                        Optional<FoundBy> hook = hookOf(state);
                        if (hook.isEmpty()) {
                            add(state, code.placeOf(state), at, lastWay, lastWay.trust());
                        } else if (!addHooked(state, at, hook.get())) {
                            return broken("its address is there in place of a return address, and the "
                                    + hook.get().words() + " has nothing of that place");
                        }
                    }
                    case Step.EndOfStack ignored -> {
                        return ended(new StackEnd.Beginning());
                    }
                    case Step.Unknown(String reason) -> {
                        return broken(reason);
                    }
                }
            }
        }

        /// An interrupted tracer may really be there.
        private Optional<FoundBy> hookOf(FrameState state) {
            return state.interrupted() ? Optional.empty() : stacks.hooks().at(state.address());
        }

        /// The frame that a tracer's address hides; false if it cannot be told, then that address itself is the last
        /// frame.
        private boolean addHooked(FrameState state, long slot, FoundBy hook) {
            OptionalLong original = stacks.hooks().replacedAt(slot, hook);
            boolean told = original.isPresent() && code.isText(original.getAsLong());
            if (told) {
                int number = rules.registerNames().instructionPointer();
                FrameState real = new FrameState(state.registers().with(number, original.getAsLong()), false);
                add(real, code.placeOf(real), slot, hook, lastWay.trust());
            } else {
                // Nothing called it, so that it is not the code before its address that the frame is in.
                Optional<Place> place = code.placeOf(new FrameState(state.registers(), true));
                add(state, place, slot, lastWay, lastWay.trust());
            }
            return told;
        }

        /// The answer of the first way that leads on; else what the first way said.
        private Step next(Frame frame) {
            String reason = "";
            for (Unwinder way : ways) {
                Step step = tryStep(way, frame);
                if (step instanceof Step.Unknown(String why)) {
                    reason = reason.isEmpty() ? why : reason;
                } else {
                    lastWay = way.foundBy();
                    return step;
                }
            }
            return new Step.Unknown(reason);
        }

        private Step tryStep(Unwinder way, Frame frame) {
            try {
                Step step = way.callerOf(frame.state(), stacks);
                return step instanceof Step.Caller caller ? checked(frame, caller) : step;
            } catch (MemoryFault fault) {
                return new Step.Unknown(fault.getMessage());
            }
        }

        /// A caller is in code or in a user program, and further up its stack; another stack may lie anywhere, but
        /// is not gone back to.
        private Step checked(Frame frame, Step.Caller caller) {
            FrameState state = caller.state();
            if (isUser(state)) {
                return caller;
            }
            if (!state.interrupted() && !code.isText(state.address())) {
                return new Step.Unknown("the return address " + Hex.of(state.address()) + " is no code");
            }
            Optional<StackArea> area = stacks.areaOf(state.stackPointer());
            boolean sameStack = area.equals(frame.stack());
            if (sameStack && Long.compareUnsigned(state.stackPointer(), frame.stackPointer()) <= 0) {
                return new Step.Unknown(
                        "the caller's stack pointer " + Hex.of(state.stackPointer()) + " is not above its callee's");
            }
            if (!sameStack && area.isPresent() && wasOn(area.get())) {
                return new Step.Unknown("the stack at " + Hex.of(state.stackPointer()) + " was left before");
            }
            return caller;
        }

        private boolean wasOn(StackArea area) {
            for (Frame frame : frames) {
                if (frame.stack().isPresent() && frame.stack().get().equals(area)) {
                    return true;
                }
            }
            return false;
        }

        private boolean isUser(FrameState state) {
            return state.interrupted() && rules.isUserMode(state.registers());
        }

        private void add(FrameState state, Optional<Place> found, long slot, FoundBy foundBy, Trust trust) {
            boolean user = isUser(state);
            Trust before = frames.isEmpty() ? Trust.CERTAIN : frames.getLast().trust();
            Optional<Place> place = user ? Optional.empty() : found;
            Optional<StackArea> stack = user ? Optional.empty() : stacks.areaOf(state.stackPointer());
            frames.add(new Frame(state, slot, place, stack, user, foundBy, before.and(trust)));
        }

        private StackTrace ended(StackEnd end) {
            return new StackTrace(frames, end, List.of());
        }

        /// The last frame that was found, and why not another.
        private StackTrace broken(String reason) {
            Frame last = frames.getLast();
            String where = last.function().isEmpty() ? Hex.of(last.address()) : last.function();
            return ended(new StackEnd.Broken("no way leads on from " + where + ": " + reason));
        }
    }
}
