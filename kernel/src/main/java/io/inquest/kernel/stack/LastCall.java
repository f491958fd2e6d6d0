package io.inquest.kernel.stack;

import io.inquest.kernel.arch.Registers;
import io.inquest.kernel.arch.StackRules;
import io.inquest.kernel.symbol.Symbol;
import io.inquest.kernel.symbol.Symbols;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Finds what a CPU did after its registers were saved.
///
/// The registers of a CPU are saved on the way to its death, so the last calls are not in them: the CPU that
/// panicked went on to the function that starts the capture kernel, the others to the one that stops them. Both
/// called something and never came back, so a return address into them is on one of the CPU's stacks. Old words
/// look the same; the right one leads to where the saved registers are.
final class LastCall {

    private static final StackTrace NONE = StackTrace.nothing("no return address");

    private final Code code;
    private final StackRules rules;
    private final StackTracer tracer;
    private final List<Symbol> functions = new ArrayList<>();

    LastCall(Symbols symbols, Code code, StackRules rules, StackTracer tracer) {
        this.code = code;
        this.rules = rules;
        this.tracer = tracer;
        for (String name : rules.lastFunctions()) {
            symbols.find(name).ifPresent(functions::add);
        }
    }

    /// The chain of calls from the last one on; empty if none leads to where the saved registers are.
    Optional<StackTrace> trace(Registers saved, StackMemory stacks) {
        FrameState place = new FrameState(saved, true);
        Optional<StackTrace> best = Optional.empty();
        for (Symbol function : functions) {
            for (long slot : stacks.slots(function.address(), function.address() + function.bytes())) {
                StackTrace trace = code.isReturnAddress(stacks.word(slot)) ? from(slot, stacks) : NONE;
                if (leadsTo(place, trace)) {
                    if (trace.end().isProper()) {
                        return Optional.of(trace.confirmed(place));
                    }
                    best = best.isPresent() ? best : Optional.of(trace);
                }
            }
        }
        return best;
    }

    private StackTrace from(long slot, StackMemory stacks) {
        Registers registers = Registers.caller(rules.registerNames(), stacks.word(slot), slot + Long.BYTES);
        return tracer.from(new FrameState(registers, false), slot, FoundBy.LAST_FUNCTION, stacks);
    }

    /// Through the very place where the registers were saved, or for registers that a function saved of itself
    /// through that function further up its stack.
    private boolean leadsTo(FrameState place, StackTrace trace) {
        Optional<Symbol> function = function(place);
        for (Frame frame : trace.frames()) {
            boolean sameFunction =
                    !frame.interrupted() && function.isPresent() && function.equals(function(frame.state()));
            if (frame.trust() != Trust.GUESSED && (sameFunction || frame.isAt(place))) {
                return true;
            }
        }
        return false;
    }

    private Optional<Symbol> function(FrameState state) {
        return rules.isUserMode(state.registers()) && state.interrupted()
                ? Optional.empty()
                : code.placeOf(state).map(place -> place.symbol());
    }
}
