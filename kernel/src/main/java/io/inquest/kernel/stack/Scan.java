package io.inquest.kernel.stack;

import io.inquest.kernel.arch.Registers;
import io.inquest.kernel.arch.StackArea;
import io.inquest.kernel.arch.StackRules;
import java.util.Optional;

/// The last resort: the nearest word on the stack that is an address behind a call instruction.
///
/// Finds leftovers of earlier calls as well, so everything from there on is only a guess.
final class Scan implements Unwinder {

    private final Code code;
    private final StackRules rules;

    Scan(Code code, StackRules rules) {
        this.code = code;
        this.rules = rules;
    }

    @Override
    public FoundBy foundBy() {
        return FoundBy.SCAN;
    }

    @Override
    public Step callerOf(FrameState frame, StackMemory stacks) {
        Optional<StackArea> stack = stacks.areaOf(frame.stackPointer());
        if (stack.isEmpty()) {
            return new Step.Unknown("the stack pointer is on no known stack");
        }
        for (long slot = frame.stackPointer() + 7 & -8; slot < stack.get().high(); slot += Long.BYTES) {
            long address = stacks.word(slot);
            if (code.isReturnAddress(address)) {
                Registers caller = Registers.caller(rules.registerNames(), address, slot + Long.BYTES);
                return new Step.Caller(new FrameState(caller, false), slot);
            }
        }
        return new Step.Unknown("no return address is left on the stack");
    }
}
