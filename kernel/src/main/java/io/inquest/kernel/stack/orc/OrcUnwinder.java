package io.inquest.kernel.stack.orc;

import io.inquest.kernel.arch.Registers;
import io.inquest.kernel.arch.StackRules;
import io.inquest.kernel.stack.FoundBy;
import io.inquest.kernel.stack.FrameState;
import io.inquest.kernel.stack.StackMemory;
import io.inquest.kernel.stack.Step;
import io.inquest.kernel.stack.Unwinder;
import java.util.OptionalLong;

/// Unwinds by the kernel's ORC tables (kernel: `arch/x86/kernel/unwind_orc.c`, `unwind_next_frame`).
///
/// An entry tells where the caller's stack pointer is: `base + offset`. What lies there is by kind
///
/// | Kind                | Address                  | Stack pointer            | Other registers |
/// |---------------------|--------------------------|--------------------------|-----------------|
/// | `CALL`              | the word below           | that itself              | frame pointer   |
/// | `REGISTERS`         | in the `struct pt_regs`  | in the `struct pt_regs`  | all             |
/// | `PARTIAL_REGISTERS` | in the end of one        | in the end of one        | frame pointer   |
public final class OrcUnwinder implements Unwinder {

    private final OrcSource orc;
    private final StackRules rules;

    public OrcUnwinder(OrcSource orc, StackRules rules) {
        this.orc = orc;
        this.rules = rules;
    }

    @Override
    public FoundBy foundBy() {
        return FoundBy.ORC;
    }

    @Override
    public Step callerOf(FrameState frame, StackMemory stacks) {
        OrcEntry entry = orc.at(frame.codeAddress()).orElse(null);
        if (entry == null) {
            return new Step.Unknown("no ORC table covers the code");
        }
        return switch (entry.kind()) {
            case UNDEFINED -> new Step.Unknown("ORC says nothing of the code");
            case END_OF_STACK -> new Step.EndOfStack();
            case CALL, REGISTERS, PARTIAL_REGISTERS -> follow(entry, frame, stacks);
        };
    }

    private Step follow(OrcEntry entry, FrameState frame, StackMemory stacks) {
        OptionalLong previous = previousStackPointer(entry, frame.registers(), stacks);
        if (previous.isEmpty()) {
            return new Step.Unknown("ORC counts from a register that is not known");
        }
        long place = previous.getAsLong();
        return switch (entry.kind()) {
            case CALL -> call(entry, frame, stacks, place);
            case REGISTERS -> interrupted(rules.block(stacks.bytes(place, rules.blockBytes())), entry);
            case PARTIAL_REGISTERS -> partial(entry, frame, stacks, place);
            case UNDEFINED, END_OF_STACK -> new Step.Unknown("ORC does not lead on");
        };
    }

    private OptionalLong previousStackPointer(OrcEntry entry, Registers registers, StackMemory stacks) {
        int number = number(entry.base());
        if (number < 0 || !registers.isKnown(number)) {
            return OptionalLong.empty();
        }
        long base = registers.value(number);
        return OptionalLong.of(
                switch (entry.base()) {
                    case SP_INDIRECT -> indirect(base, entry.offset(), stacks);
                    case BP_INDIRECT -> stacks.word(base + entry.offset());
                    case UNDEFINED, PREV_SP, AX, DX, DI, BP, SP, R10, R13 -> base + entry.offset();
                });
    }

    /// Since 5.12 (aa4c0e9e8b7f) the offset is added to the word in memory, before that to the address of the word:
    /// only one of both is on a stack.
    private static long indirect(long base, int offset, StackMemory stacks) {
        long place = stacks.word(base) + offset;
        return stacks.areaOf(place).isPresent() ? place : stacks.word(base + offset);
    }

    private Step call(OrcEntry entry, FrameState frame, StackMemory stacks, long place) {
        long slot = place - Long.BYTES;
        Registers caller = Registers.caller(rules.registerNames(), stacks.word(slot), place);
        FrameState state = new FrameState(withFramePointer(caller, entry, frame, stacks, place), entry.interrupted());
        return new Step.Caller(state, slot);
    }

    private Step partial(OrcEntry entry, FrameState frame, StackMemory stacks, long place) {
        int bytes = rules.blockBytes() - rules.partialBlockOffset();
        Registers block = rules.partialBlock(stacks.bytes(place, bytes));
        return interrupted(withFramePointer(block, entry, frame, stacks, place), entry);
    }

    /// Returning to a register block without the signal bit happens where the block was made by a call.
    private static Step interrupted(Registers registers, OrcEntry entry) {
        return new Step.Caller(new FrameState(registers, entry.interrupted()), registers.stackPointer());
    }

    private Registers withFramePointer(
            Registers caller, OrcEntry entry, FrameState frame, StackMemory stacks, long place) {
        int number = rules.registerNames().framePointer();
        Registers callee = frame.registers();
        return switch (entry.framePointerBase()) {
            case PREV_SP -> caller.with(number, stacks.word(place + entry.framePointerOffset()));
            case BP -> caller.with(number, stacks.word(callee.framePointer() + entry.framePointerOffset()));
            default -> callee.isKnown(number) ? caller.with(number, callee.framePointer()) : caller;
        };
    }

    private int number(OrcRegister register) {
        return switch (register) {
            case UNDEFINED, PREV_SP -> -1;
            case SP, SP_INDIRECT -> rules.registerNames().stackPointer();
            case BP, BP_INDIRECT -> rules.registerNames().framePointer();
            case AX -> named("rax");
            case DX -> named("rdx");
            case DI -> named("rdi");
            case R10 -> named("r10");
            case R13 -> named("r13");
        };
    }

    private int named(String register) {
        return rules.registerNames().names().indexOf(register);
    }
}
