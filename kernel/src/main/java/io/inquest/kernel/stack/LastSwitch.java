package io.inquest.kernel.stack;

import io.inquest.kernel.Kernel;
import io.inquest.kernel.arch.StackRules;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// Finds where a task waits when the page of its struct that says so is not in the dump: a task that waits will
/// return from a call of the function that switches stacks, and the return address is on its stack.
///
/// Of several, those further down are leftovers of earlier calls that went deeper.
final class LastSwitch {

    private final Kernel kernel;
    private final Code code;
    private final StackRules rules;
    private final StackTracer tracer;

    LastSwitch(Kernel kernel, Code code, StackRules rules, StackTracer tracer) {
        this.kernel = kernel;
        this.code = code;
        this.rules = rules;
        this.tracer = tracer;
    }

    /// The chain of calls on a task's stack; empty if no switch on it leads to a proper end.
    Optional<StackTrace> trace(StackMemory stacks) throws IOException {
        OptionalLong function = kernel.symbols().core().address(rules.switchFunction());
        List<Long> slots = function.isEmpty() ? List.of() : stacks.slots(Long.MIN_VALUE, -1);
        for (long slot : slots.reversed()) {
            long address = stacks.word(slot);
            if (code.isText(address) && code.calledBefore(address) == function.getAsLong()) {
                Optional<StackTrace> trace = rules.switchedOutAt(kernel, slot)
                        .map(start -> tracer.from(
                                new FrameState(start.registers(), false), start.slot(), FoundBy.LAST_FUNCTION, stacks))
                        .filter(found -> found.end().isProper());
                if (trace.isPresent()) {
                    return trace;
                }
            }
        }
        return Optional.empty();
    }
}
