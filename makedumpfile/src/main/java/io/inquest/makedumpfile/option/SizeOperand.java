package io.inquest.makedumpfile.option;

import java.util.OptionalLong;

/// A size of memory as an operand, such as `512G` or `12T`.
public final class SizeOperand {

    private SizeOperand() {}

    /// In bytes; empty where it is none.
    public static OptionalLong bytes(String operand) {
        return Numbers.size(operand);
    }
}
