package io.inquest.kernel.stack;

/// How a chain of calls ended.
public sealed interface StackEnd {

    /// At the user program that called the kernel or was interrupted.
    record UserProgram() implements StackEnd {}

    /// At the function in which a kernel thread or a CPU began.
    record Beginning() implements StackEnd {}

    /// No way led on; `reason` is a sentence.
    record Broken(String reason) implements StackEnd {}

    /// There is no stack to go through; `reason` is a sentence.
    record Nothing(String reason) implements StackEnd {}

    /// Whether nothing is missing.
    default boolean isProper() {
        return this instanceof UserProgram || this instanceof Beginning;
    }

    /// A sentence for the user that tells why there may be more, empty for a proper end.
    default String sentence() {
        return switch (this) {
            case UserProgram ignored -> "";
            case Beginning ignored -> "";
            case Broken(String reason) -> reason;
            case Nothing(String reason) -> reason;
        };
    }
}
