package io.inquest.kernel.dwarf;

import java.util.Arrays;

/// How to get back to a caller from one place in the code: where the canonical frame address (CFA, the stack
/// pointer before the call) is, and where each register of the caller is.
final class UnwindRow {

    /// Where a register of the caller is.
    enum Rule {
        /// Nothing is said: callee-saved registers have kept their value.
        UNSPECIFIED,
        UNDEFINED,
        SAME,
        /// In memory at CFA + operand.
        OFFSET,
        /// Is CFA + operand.
        VALUE_OFFSET,
        /// In the register of number operand.
        REGISTER,
        /// In memory where an expression says; operand is its offset in the section.
        EXPRESSION,
        /// What an expression gives.
        VALUE_EXPRESSION
    }

    /// As many as x86-64, arm64 and the others number for integers.
    static final int REGISTERS = 128;

    private int cfaRegister;
    private long cfaOffset;
    private long cfaExpression = -1;
    private final Rule[] rules = new Rule[REGISTERS];
    private final long[] operands = new long[REGISTERS];

    UnwindRow() {
        Arrays.fill(rules, Rule.UNSPECIFIED);
    }

    UnwindRow copy() {
        UnwindRow copy = new UnwindRow();
        copy.takeFrom(this);
        return copy;
    }

    void takeFrom(UnwindRow other) {
        cfaRegister = other.cfaRegister;
        cfaOffset = other.cfaOffset;
        cfaExpression = other.cfaExpression;
        System.arraycopy(other.rules, 0, rules, 0, REGISTERS);
        System.arraycopy(other.operands, 0, operands, 0, REGISTERS);
    }

    void setCfa(int register, long offset) {
        cfaRegister = register;
        cfaOffset = offset;
        cfaExpression = -1;
    }

    void setCfaExpression(long at) {
        cfaExpression = at;
    }

    int cfaRegister() {
        return cfaRegister;
    }

    long cfaOffset() {
        return cfaOffset;
    }

    /// Offset in the section of the block that gives the CFA, -1 where a register does.
    long cfaExpression() {
        return cfaExpression;
    }

    /// Registers beyond those that are kept, of vectors for example, are of no use for unwinding.
    void set(long register, Rule rule, long operand) {
        if (register >= 0 && register < REGISTERS) {
            rules[(int) register] = rule;
            operands[(int) register] = operand;
        }
    }

    void restore(long register, UnwindRow initial) {
        if (register >= 0 && register < REGISTERS) {
            rules[(int) register] = initial.rules[(int) register];
            operands[(int) register] = initial.operands[(int) register];
        }
    }

    Rule rule(int register) {
        return rules[register];
    }

    long operand(int register) {
        return operands[register];
    }
}
