package io.inquest.kernel.stack;

import io.inquest.kernel.arch.Registers;
import io.inquest.kernel.arch.StackRules;

/// Leads back from a call through a bad pointer, when the processor stopped at an address that holds no code: the
/// call had pushed its return address and nothing else (kernel: `null_orc_entry`, for address 0).
final class WildJump implements Unwinder {

    private final Code code;
    private final StackRules rules;

    WildJump(Code code, StackRules rules) {
        this.code = code;
        this.rules = rules;
    }

    @Override
    public FoundBy foundBy() {
        return FoundBy.CALL_SITE;
    }

    @Override
    public Step callerOf(FrameState frame, StackMemory stacks) {
        if (!frame.interrupted() || code.isText(frame.address())) {
            return new Step.Unknown("no jump to where no code is");
        }
        long slot = frame.stackPointer();
        long address = stacks.word(slot);
        if (!code.isReturnAddress(address)) {
            return new Step.Unknown("no return address where a call would have left it");
        }
        Registers caller = Registers.caller(rules.registerNames(), address, slot + Long.BYTES)
                .with(rules.registerNames().framePointer(), frame.registers().framePointer());
        return new Step.Caller(new FrameState(caller, false), slot);
    }
}
