package io.inquest.kernel.object;

/// How a walk along links in memory ended.
public sealed interface WalkEnd {

    /// The walk has not ended yet.
    record Running() implements WalkEnd {}

    /// The structure's own end was met.
    record Complete() implements WalkEnd {}

    /// A place was met again that the walk had passed.
    record Loop(long address) implements WalkEnd {}

    /// More steps than any sane structure has.
    record Limit(long steps) implements WalkEnd {}

    /// Memory on the way cannot be read, or holds what cannot be there; `reason` is a sentence.
    record Fault(String reason) implements WalkEnd {}

    default boolean isComplete() {
        return this instanceof Complete;
    }

    /// A sentence for the user that tells why there may be more, empty for a complete walk.
    default String sentence() {
        return switch (this) {
            case Running ignored -> "";
            case Complete ignored -> "";
            case Loop(long address) -> "the list comes back to 0x" + Long.toHexString(address);
            case Limit(long steps) -> "stopped after " + steps + " steps";
            case Fault(String reason) -> reason;
        };
    }
}
