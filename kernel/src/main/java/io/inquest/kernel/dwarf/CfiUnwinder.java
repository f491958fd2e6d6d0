package io.inquest.kernel.dwarf;

import io.inquest.kernel.arch.RegisterNames;
import io.inquest.kernel.arch.Registers;
import io.inquest.kernel.arch.StackRules;
import io.inquest.kernel.dwarf.UnwindRow.Rule;
import io.inquest.kernel.elf.SectionFault;
import io.inquest.kernel.stack.FoundBy;
import io.inquest.kernel.stack.FrameState;
import io.inquest.kernel.stack.StackMemory;
import io.inquest.kernel.stack.Step;
import io.inquest.kernel.stack.Unwinder;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// Unwinds by the call frame information of a debug file, which also tells the caller's other registers and so
/// where its local variables are.
///
/// It covers C code only: the kernel's entry code has none, and where a stack is switched it is wrong. There its
/// answer lies on no stack, and another way has to lead on.
public final class CfiUnwinder implements Unwinder {

    private final Dwarf dwarf;
    private final long moved;
    private final RegisterNames names;

    /// Numbers of registers by their numbers in DWARF, -1 for those that the machine's notes do not have.
    private final int[] numbers;

    private final boolean[] preserved;
    private Optional<CallFrames> frames = Optional.empty();
    private boolean isRead;

    /// `moved` is what KASLR added to the addresses that the file was linked for.
    public CfiUnwinder(Dwarf dwarf, long moved, StackRules rules) {
        this.dwarf = dwarf;
        this.moved = moved;
        this.names = rules.registerNames();
        List<String> inDwarf = rules.dwarfRegisters();
        this.numbers = new int[inDwarf.size()];
        this.preserved = new boolean[inDwarf.size()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = names.names().indexOf(inDwarf.get(i));
            preserved[i] = rules.preservedByCalls().contains(inDwarf.get(i));
        }
    }

    @Override
    public FoundBy foundBy() {
        return FoundBy.CFI;
    }

    @Override
    public Step callerOf(FrameState frame, StackMemory stacks) {
        synchronized (dwarf) {
            try {
                Optional<CallFrames.Found> found = frames().flatMap(all -> all.at(frame.codeAddress() - moved));
                return found.isEmpty()
                        ? new Step.Unknown("no call frame information covers the code")
                        : follow(found.get(), frame, stacks);
            } catch (SectionFault damaged) {
                return new Step.Unknown(String.valueOf(damaged.getMessage()));
            }
        }
    }

    /// The canonical frame address of a frame, that is its caller's stack pointer; empty where it is not told.
    OptionalLong frameAddress(FrameState frame) {
        Optional<CallFrames.Found> found = frames().flatMap(all -> all.at(frame.codeAddress() - moved));
        return found.isEmpty() ? OptionalLong.empty() : frameAddress(found.get().row(), frame.registers());
    }

    private Optional<CallFrames> frames() {
        if (!isRead) {
            frames = CallFrames.of(dwarf);
            isRead = true;
        }
        return frames;
    }

    private Step follow(CallFrames.Found found, FrameState frame, StackMemory stacks) {
        UnwindRow row = found.row();
        OptionalLong frameAddress = frameAddress(row, frame.registers());
        if (frameAddress.isEmpty()) {
            return new Step.Unknown("call frame information counts from a register that is not known");
        }
        long cfa = frameAddress.getAsLong();
        int returnAddress = found.common().returnAddress();
        if (returnAddress >= UnwindRow.REGISTERS || row.rule(returnAddress) == Rule.UNDEFINED) {
            return new Step.EndOfStack();
        }
        if (row.rule(returnAddress) != Rule.OFFSET) {
            return new Step.Unknown("call frame information does not tell the return address");
        }
        long slot = cfa + row.operand(returnAddress);
        Registers caller = Registers.caller(names, stacks.word(slot), cfa);
        for (int i = 0; i < numbers.length; i++) {
            if (numbers[i] >= 0 && !caller.isKnown(numbers[i])) {
                OptionalLong value = restored(row, i, cfa, frame.registers(), stacks);
                caller = value.isPresent() ? caller.with(numbers[i], value.getAsLong()) : caller;
            }
        }
        return new Step.Caller(new FrameState(caller, found.common().signal()), slot);
    }

    /// Expressions are not met in kernels but for stacks that are aligned by hand, of which other ways know more.
    private OptionalLong frameAddress(UnwindRow row, Registers registers) {
        OptionalLong base = row.cfaExpression() >= 0 ? OptionalLong.empty() : value(registers, row.cfaRegister());
        return base.isPresent() ? OptionalLong.of(base.getAsLong() + row.cfaOffset()) : base;
    }

    private OptionalLong restored(UnwindRow row, int register, long cfa, Registers callee, StackMemory stacks) {
        long operand = row.operand(register);
        return switch (row.rule(register)) {
            case UNSPECIFIED -> preserved[register] ? value(callee, register) : OptionalLong.empty();
            case SAME -> value(callee, register);
            case OFFSET -> OptionalLong.of(stacks.word(cfa + operand));
            case VALUE_OFFSET -> OptionalLong.of(cfa + operand);
            case REGISTER -> value(callee, (int) operand);
            case UNDEFINED, EXPRESSION, VALUE_EXPRESSION -> OptionalLong.empty();
        };
    }

    /// The value of a register by its number in DWARF.
    OptionalLong value(Registers registers, int inDwarf) {
        int number = inDwarf >= 0 && inDwarf < numbers.length ? numbers[inDwarf] : -1;
        return number >= 0 && registers.isKnown(number)
                ? OptionalLong.of(registers.value(number))
                : OptionalLong.empty();
    }
}
