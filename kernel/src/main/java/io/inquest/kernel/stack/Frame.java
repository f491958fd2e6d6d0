package io.inquest.kernel.stack;

import io.inquest.kernel.arch.Registers;
import io.inquest.kernel.arch.StackArea;
import io.inquest.kernel.symbol.Place;
import java.util.Optional;

/// One call in a chain of calls.
///
/// @param state where the processor was
/// @param slot where on the stack that was found; for an interrupted frame its stack pointer
/// @param place the function, and how far into it; empty in user programs and in code without a symbol
/// @param stack the stack that it ran on; empty when it is none that is known
/// @param user whether it is a user program, of which nothing more is known here
/// @param foundBy how
/// @param trust how far to trust it: no further than the frames before it
public record Frame(
        FrameState state,
        long slot,
        Optional<Place> place,
        Optional<StackArea> stack,
        boolean user,
        FoundBy foundBy,
        Trust trust) {

    /// The address that the call returns to; of an interrupted frame that of the next instruction.
    public long address() {
        return state.address();
    }

    public long stackPointer() {
        return state.stackPointer();
    }

    /// Whether an exception or interrupt came here, or the CPU was stopped here.
    public boolean interrupted() {
        return state.interrupted();
    }

    /// Name of the function, "" if no symbol covers it.
    public String function() {
        return place.map(found -> found.symbol().name()).orElse("");
    }

    /// Bytes from the start of the function to [#address].
    public long offset() {
        return place.map(Place::offset).orElse(0L);
    }

    /// The module of the code, "" for the kernel itself.
    public String module() {
        return place.map(found -> found.symbol().module()).orElse("");
    }

    /// All registers, of an interrupted frame.
    public Optional<Registers> registers() {
        return interrupted() ? Optional.of(state.registers()) : Optional.empty();
    }

    /// Whether it is the very place where a CPU's registers were saved.
    boolean isAt(FrameState saved) {
        return interrupted() && address() == saved.address() && stackPointer() == saved.stackPointer();
    }

    Frame trusted(Trust other) {
        return new Frame(state, slot, place, stack, user, foundBy, other);
    }
}
