package io.inquest.kernel.stack;

import io.inquest.kernel.arch.Registers;
import io.inquest.kernel.arch.StackArea;
import io.inquest.kernel.arch.StackRules;
import java.util.Optional;
import java.util.OptionalLong;

/// Leads through functions that no table describes, `__crash_kexec` above all, through which every panic goes: the
/// caller is where the nearest word on the stack is an address behind a call of just this function.
///
/// Takes the frame pointer to be the caller's, as it is in functions that have no tables because they are small.
final class CallSites implements Unwinder {

    private final Code code;
    private final StackRules rules;

    CallSites(Code code, StackRules rules) {
        this.code = code;
        this.rules = rules;
    }

    @Override
    public FoundBy foundBy() {
        return FoundBy.CALL_SITE;
    }

    @Override
    public Step callerOf(FrameState frame, StackMemory stacks) {
        OptionalLong function = code.startOfFunction(frame.codeAddress());
        Optional<StackArea> stack = stacks.areaOf(frame.stackPointer());
        if (function.isEmpty() || stack.isEmpty()) {
            return new Step.Unknown("no function or no stack to look for a call of it");
        }
        for (long slot = frame.stackPointer() + 7 & -8; slot < stack.get().high(); slot += Long.BYTES) {
            long address = stacks.word(slot);
            if (code.isText(address) && code.calledBefore(address) == function.getAsLong()) {
                return new Step.Caller(new FrameState(caller(frame, address, slot), false), slot);
            }
        }
        return new Step.Unknown("no call of this function on the stack");
    }

    private Registers caller(FrameState frame, long address, long slot) {
        Registers caller = Registers.caller(rules.registerNames(), address, slot + Long.BYTES);
        int framePointer = rules.registerNames().framePointer();
        return frame.registers().isKnown(framePointer)
                ? caller.with(framePointer, frame.registers().framePointer())
                : caller;
    }
}
