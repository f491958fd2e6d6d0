package io.inquest.kernel.stack.orc;

/// How to come from a place in the code to its caller.
///
/// @param base what `offset` counts from to the caller's stack pointer
/// @param offset bytes
/// @param framePointerBase what `framePointerOffset` counts from to where the caller's frame pointer was saved;
///     [OrcRegister#UNDEFINED] where the code leaves that register alone
/// @param framePointerOffset bytes
/// @param kind what lies there
/// @param interrupted whether the caller was interrupted, so that its address is that of the next instruction and
///     not a return address
public record OrcEntry(
        OrcRegister base,
        int offset,
        OrcRegister framePointerBase,
        int framePointerOffset,
        OrcKind kind,
        boolean interrupted) {

    /// For a jump to address 0 or other code that nobody described: as if it had just been called (kernel:
    /// `null_orc_entry`).
    public static final OrcEntry JUST_CALLED =
            new OrcEntry(OrcRegister.SP, Long.BYTES, OrcRegister.UNDEFINED, 0, OrcKind.CALL, false);
}
