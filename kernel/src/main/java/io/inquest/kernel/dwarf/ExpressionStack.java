package io.inquest.kernel.dwarf;

import io.inquest.kernel.elf.SectionCursor;

/// The numbers that an [Expression] calculates with, and the operations on nothing but them (DWARF 5, sections
/// 2.5.1.3 and 2.5.1.4).
final class ExpressionStack {

    /// An expression takes more than it put there, or never stops putting.
    static final class Misuse extends RuntimeException {

        private static final long serialVersionUID = 1L;

        Misuse(String reason) {
            super(reason, null, false, false);
        }
    }

    private final long[] values;
    private int depth;

    ExpressionStack(int deepest) {
        this.values = new long[deepest];
    }

    void push(long value) {
        if (depth == values.length) {
            throw new Misuse("its expression needs too deep a stack");
        }
        values[depth++] = value;
    }

    long pop() {
        if (depth == 0) {
            throw new Misuse("its expression takes from an empty stack");
        }
        return values[--depth];
    }

    private long peek(int below) {
        if (below >= depth) {
            throw new Misuse("its expression takes from an empty stack");
        }
        return values[depth - 1 - below];
    }

    /// Does one operation; false if it is none of these.
    boolean apply(int operation, SectionCursor operands) {
        switch (operation) {
            case 0x12 -> push(peek(0));
            case 0x13 -> pop();
            case 0x14 -> push(peek(1));
            case 0x15 -> push(peek(operands.u8()));
            case 0x16 -> rotate(2);
            case 0x17 -> rotate(3);
            case 0x19 -> push(Math.abs(pop()));
            case 0x1f -> push(-pop());
            case 0x20 -> push(~pop());
            case 0x23 -> push(pop() + operands.uleb());
            default -> {
                return binary(operation);
            }
        }
        return true;
    }

    /// Moves the top below the next `count - 1`.
    private void rotate(int count) {
        long top = pop();
        peek(count - 2);
        for (int i = 0; i < count - 1; i++) {
            values[depth - i] = values[depth - i - 1];
        }
        values[depth - count + 1] = top;
        depth++;
    }

    private boolean binary(int operation) {
        if (operation < 0x1a || operation > 0x2e || operation == 0x28) {
            return false;
        }
        long right = pop();
        long left = pop();
        push(
                switch (operation) {
                    case 0x1a -> left & right;
                    case 0x1b -> right == 0 ? 0 : left / right;
                    case 0x1c -> left - right;
                    case 0x1d -> right == 0 ? 0 : Long.remainderUnsigned(left, right);
                    case 0x1e -> left * right;
                    case 0x21 -> left | right;
                    case 0x22 -> left + right;
                    case 0x24 -> right >>> 6 != 0 ? 0 : left << right;
                    case 0x25 -> right >>> 6 != 0 ? 0 : left >>> right;
                    case 0x26 -> left >> Math.min(right & Long.MAX_VALUE, 63);
                    case 0x27 -> left ^ right;
                    case 0x29 -> left == right ? 1 : 0;
                    case 0x2a -> left >= right ? 1 : 0;
                    case 0x2b -> left > right ? 1 : 0;
                    case 0x2c -> left <= right ? 1 : 0;
                    case 0x2d -> left < right ? 1 : 0;
                    default -> left != right ? 1 : 0;
                });
        return true;
    }
}
