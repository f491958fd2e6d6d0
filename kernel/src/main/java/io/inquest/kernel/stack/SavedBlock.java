package io.inquest.kernel.stack;

import io.inquest.dump.MemoryFault;
import io.inquest.kernel.arch.Registers;
import io.inquest.kernel.arch.StackArea;
import io.inquest.kernel.arch.StackRules;
import io.inquest.kernel.symbol.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongPredicate;

/// Registers that an exception, an interrupt or a system call may have saved on a stack (`struct pt_regs`).
///
/// @param address of the block
/// @param user whether they are those of a user program
/// @param place the function that was interrupted; empty in user programs
public record SavedBlock(long address, Registers registers, boolean user, Optional<Place> place) {

    /// Looks at every word of a stack.
    static final class Search {

        private static final int WORD = Long.BYTES;

        private final Code code;
        private final StackRules rules;
        private final LongPredicate isKernelAddress;

        Search(Code code, StackRules rules, LongPredicate isKernelAddress) {
            this.code = code;
            this.rules = rules;
            this.isKernelAddress = isKernelAddress;
        }

        List<SavedBlock> on(StackMemory memory, StackArea stack) {
            List<SavedBlock> found = new ArrayList<>();
            for (long at = stack.low(); stack.high() - at >= rules.blockBytes(); at += WORD) {
                try {
                    Registers registers = rules.block(memory.bytes(at, rules.blockBytes()));
                    if (rules.isLikelyBlock(registers) && pointsWhereItMay(registers)) {
                        found.add(block(at, registers));
                    }
                } catch (MemoryFault lost) {
                    // Nobody may know what lay there.
                }
            }
            return found;
        }

        /// The kernel's registers point into its code and at its memory, those of programs at neither.
        private boolean pointsWhereItMay(Registers registers) {
            long address = registers.instructionPointer();
            long pointer = registers.stackPointer();
            return rules.isUserMode(registers)
                    ? !isKernelAddress.test(address) && !isKernelAddress.test(pointer)
                    : code.isText(address) && isKernelAddress.test(pointer);
        }

        private SavedBlock block(long at, Registers registers) {
            boolean user = rules.isUserMode(registers);
            Optional<Place> place = user ? Optional.empty() : code.placeOf(new FrameState(registers, true));
            return new SavedBlock(at, registers, user, place);
        }
    }
}
