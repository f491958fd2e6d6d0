package io.inquest.kernel.stack;

import io.inquest.kernel.arch.Registers;
import io.inquest.kernel.arch.StackRules;

/// Unwinds by the chain of saved frame pointers: the word at the frame pointer is the caller's, the next one the
/// return address.
///
/// Right for kernels built with `CONFIG_FRAME_POINTER` and for code made at run time such as BPF programs;
/// elsewhere the register holds anything, so both words are checked.
final class FramePointers implements Unwinder {

    private final Code code;
    private final StackRules rules;

    FramePointers(Code code, StackRules rules) {
        this.code = code;
        this.rules = rules;
    }

    @Override
    public FoundBy foundBy() {
        return FoundBy.FRAME_POINTER;
    }

    @Override
    public Step callerOf(FrameState frame, StackMemory stacks) {
        long framePointer = frame.registers().framePointer();
        boolean ahead = Long.compareUnsigned(framePointer, frame.stackPointer()) >= 0;
        if (!ahead || !stacks.areaOf(framePointer).equals(stacks.areaOf(frame.stackPointer()))) {
            return new Step.Unknown("the frame pointer does not point up the stack");
        }
        long slot = framePointer + Long.BYTES;
        long address = stacks.word(slot);
        if (!code.isReturnAddress(address) && stacks.hooks().at(address).isEmpty()) {
            return new Step.Unknown("the frame pointer does not lead to a return address");
        }
        Registers caller = Registers.caller(rules.registerNames(), address, slot + Long.BYTES)
                .with(rules.registerNames().framePointer(), stacks.word(framePointer));
        return new Step.Caller(new FrameState(caller, false), slot);
    }
}
