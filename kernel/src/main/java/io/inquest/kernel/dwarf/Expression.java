package io.inquest.kernel.dwarf;

import io.inquest.kernel.Hex;
import io.inquest.kernel.elf.SectionCursor;
import java.util.OptionalLong;

/// Evaluates expressions of DWARF: a program for a machine with a stack of 64-bit numbers (DWARF 5, section 2.5).
///
/// Typed operations, parts of values (`piece`) and values at the entry of the function are not followed; what needs
/// them is unknown and says so.
final class Expression {

    /// More than compilers need; a damaged program may loop.
    private static final int MOST_STEPS = 1 << 12;

    private static final int DEEPEST_STACK = 64;

    private static final int ADDR = 0x03;
    private static final int BRA = 0x28;
    private static final int SKIP = 0x2f;
    private static final int FIRST_LITERAL = 0x30;
    private static final int FIRST_REGISTER = 0x50;
    private static final int FIRST_BASE_REGISTER = 0x70;
    private static final int REGX = 0x90;
    private static final int FBREG = 0x91;
    private static final int BREGX = 0x92;
    private static final int PIECE = 0x93;
    private static final int DEREF_SIZE = 0x94;
    private static final int NOP = 0x96;
    private static final int CALL_FRAME_CFA = 0x9c;
    private static final int IMPLICIT_VALUE = 0x9e;
    private static final int STACK_VALUE = 0x9f;
    private static final int ADDRX = 0xa1;
    private static final int CONSTX = 0xa2;
    private static final int ENTRY_VALUE = 0xa3;
    private static final int GNU_ENTRY_VALUE = 0xf3;

    /// Ends an evaluation whose outcome nobody can know.
    private static final class NotKnown extends RuntimeException {

        private static final long serialVersionUID = 1L;

        NotKnown(String reason) {
            super(reason, null, false, false);
        }
    }

    private final Unit unit;
    private final SectionCursor code;
    private final long start;
    private final long end;
    private final ExpressionContext context;
    private final ExpressionStack stack = new ExpressionStack(DEEPEST_STACK);

    private Expression(Unit unit, SectionCursor code, long bytes, ExpressionContext context) {
        this.unit = unit;
        this.code = code;
        this.start = code.position();
        this.end = start + bytes;
        this.context = context;
    }

    /// Where an expression of so many bytes at the cursor says that a value is.
    ///
    /// `initial` numbers are on the stack at the start, as unwind tables want it.
    static Location locate(Unit unit, SectionCursor code, long bytes, ExpressionContext context, long... initial) {
        Expression expression = new Expression(unit, code, bytes, context);
        for (long value : initial) {
            expression.stack.push(value);
        }
        try {
            return bytes == 0 ? new Location.Unknown("it is optimized out") : expression.run();
        } catch (NotKnown | ExpressionStack.Misuse why) {
            return new Location.Unknown(String.valueOf(why.getMessage()));
        }
    }

    private Location run() {
        for (int step = 0; code.position() < end; step++) {
            if (step > MOST_STEPS) {
                throw new NotKnown("its expression has no end");
            }
            int operation = code.u8();
            if ((operation >= FIRST_REGISTER && operation < FIRST_BASE_REGISTER) || operation == REGX) {
                return inRegister(operation == REGX ? (int) code.uleb() : operation - FIRST_REGISTER);
            }
            if (operation == STACK_VALUE || operation == IMPLICIT_VALUE) {
                return value(operation);
            }
            apply(operation);
        }
        return new Location.InMemory(stack.pop());
    }

    private Location inRegister(int register) {
        if (code.position() < end) {
            throw new NotKnown("it is in several parts");
        }
        return new Location.InRegister(register);
    }

    /// The number on the stack, or the bytes that follow.
    private Location value(int operation) {
        if (operation == STACK_VALUE) {
            long value = stack.pop();
            return code.position() < end ? new Location.Unknown("it is in several parts") : new Location.Value(value);
        }
        long bytes = code.uleb();
        return bytes == 1 || bytes == 2 || bytes == 4 || bytes == 8
                ? new Location.Value(code.unsigned((int) bytes))
                : new Location.Unknown("it is a constant of " + bytes + " bytes");
    }

    private void apply(int operation) {
        if (operation >= FIRST_LITERAL && operation < FIRST_REGISTER) {
            stack.push(operation - FIRST_LITERAL);
        } else if (operation >= FIRST_BASE_REGISTER && operation < REGX) {
            stack.push(register(operation - FIRST_BASE_REGISTER) + code.sleb());
        } else if (operation == BRA || operation == SKIP) {
            jump(operation);
        } else if (!constant(operation) && !place(operation) && !stack.apply(operation, code)) {
            throw new NotKnown(unknown(operation));
        }
    }

    private static String unknown(int operation) {
        return switch (operation) {
            case PIECE -> "it is in several parts";
            case ENTRY_VALUE, GNU_ENTRY_VALUE -> "only its value at the entry of the function is told";
            default -> "its expression has the unknown operation " + Hex.of(operation);
        };
    }

    private void jump(int operation) {
        int distance = (short) code.u16();
        if (operation == SKIP || stack.pop() != 0) {
            long target = code.position() + distance;
            if (target < start || target > end) {
                throw new NotKnown("its expression jumps out of itself");
            }
            code.seek(target);
        }
    }

    private boolean constant(int operation) {
        switch (operation) {
            case 0x08 -> stack.push(code.u8());
            case 0x09 -> stack.push((byte) code.u8());
            case 0x0a -> stack.push(code.u16());
            case 0x0b -> stack.push((short) code.u16());
            case 0x0c -> stack.push(code.u32());
            case 0x0d -> stack.push(code.i32());
            case 0x0e, 0x0f -> stack.push(code.i64());
            case 0x10 -> stack.push(code.uleb());
            case 0x11 -> stack.push(code.sleb());
            case NOP -> {
                // Does nothing.
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    /// Addresses, registers and memory.
    private boolean place(int operation) {
        switch (operation) {
            case ADDR -> stack.push(context.moved(code.unsigned(unit.header().addressBytes())));
            case ADDRX -> stack.push(context.moved(unit.addressOfIndex(code.uleb())));
            case CONSTX -> stack.push(unit.addressOfIndex(code.uleb()));
            case 0x06 -> stack.push(memory(stack.pop(), unit.header().addressBytes()));
            case DEREF_SIZE -> stack.push(memory(stack.pop(), Math.clamp(code.u8(), 1, 8)));
            case FBREG -> stack.push(known(context.frameBase(), "the frame's base is not known") + code.sleb());
            case BREGX -> stack.push(register((int) code.uleb()) + code.sleb());
            case CALL_FRAME_CFA -> stack.push(known(context.frameAddress(), "the caller's stack pointer is not known"));
            default -> {
                return false;
            }
        }
        return true;
    }

    private long register(int number) {
        return known(context.register(number), "register " + number + " is not known here");
    }

    private long memory(long address, int bytes) {
        return known(context.memory(address, bytes), "memory at " + Hex.of(address) + " cannot be read");
    }

    private static long known(OptionalLong value, String otherwise) {
        if (value.isEmpty()) {
            throw new NotKnown(otherwise);
        }
        return value.getAsLong();
    }
}
