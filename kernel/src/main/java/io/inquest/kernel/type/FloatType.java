package io.inquest.kernel.type;

/// A floating point type of C.
public record FloatType(String keyword, long bytes) implements KernelType {}
