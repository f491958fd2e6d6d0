package io.inquest.kernel.dwarf;

import io.inquest.kernel.Hex;
import io.inquest.kernel.dwarf.UnwindRow.Rule;
import io.inquest.kernel.elf.SectionCursor;
import io.inquest.kernel.elf.SectionFault;
import java.util.ArrayDeque;
import java.util.Deque;

/// Runs the instructions of call frame information up to one place in the code (DWARF 5, section 6.4.2).
final class CallFrameProgram {

    /// More nesting than compilers write.
    private static final int MOST_REMEMBERED = 64;

    private final SectionCursor cursor;
    private final CommonInformation common;
    private final long wanted;
    private final UnwindRow row;
    private final UnwindRow initial;
    private final Deque<UnwindRow> remembered = new ArrayDeque<>();
    private long location;

    private CallFrameProgram(
            SectionCursor cursor, CommonInformation common, long location, long wanted, UnwindRow initial) {
        this.cursor = cursor;
        this.common = common;
        this.location = location;
        this.wanted = wanted;
        this.initial = initial;
        this.row = initial.copy();
    }

    /// The row of `wanted` in a function that begins at `start`, whose instructions are at the cursor up to `end`.
    static UnwindRow run(SectionCursor cursor, CommonInformation common, long start, long wanted, long end) {
        long instructions = cursor.position();
        CallFrameProgram first = new CallFrameProgram(cursor, common, start, start, new UnwindRow());
        cursor.seek(common.instructions());
        first.runTo(common.end());
        cursor.seek(instructions);
        CallFrameProgram program = new CallFrameProgram(cursor, common, start, wanted, first.row);
        program.runTo(end);
        return program.row;
    }

    private void runTo(long end) {
        while (cursor.position() < end) {
            int code = cursor.u8();
            switch (code & 0xc0) {
                case 0x40 -> advance(code & 0x3f);
                case 0x80 -> row.set(code & 0x3f, Rule.OFFSET, factored(cursor.uleb()));
                case 0xc0 -> row.restore(code & 0x3f, initial);
                default -> extended(code);
            }
            if (Long.compareUnsigned(location, wanted) > 0) {
                return;
            }
        }
    }

    /// What follows belongs to a later place.
    private void advance(long units) {
        location += units * common.codeAlignment();
    }

    private long factored(long offset) {
        return offset * common.dataAlignment();
    }

    private void extended(int code) {
        switch (code) {
            case 0x00 -> {
                // Fills up.
            }
            case 0x01 -> location = cursor.unsigned(common.addressBytes());
            case 0x02 -> advance(cursor.u8());
            case 0x03 -> advance(cursor.u16());
            case 0x04 -> advance(cursor.u32());
            case 0x06 -> row.restore(cursor.uleb(), initial);
            case 0x07 -> row.set(cursor.uleb(), Rule.UNDEFINED, 0);
            case 0x08 -> row.set(cursor.uleb(), Rule.SAME, 0);
            case 0x0a -> remember();
            case 0x0b -> recall();
            case 0x2e -> cursor.skipLeb();
            default -> {
                if (!cfa(code)) {
                    register(code);
                }
            }
        }
    }

    private boolean cfa(int code) {
        switch (code) {
            case 0x0c -> row.setCfa((int) cursor.uleb(), cursor.uleb());
            case 0x0d -> row.setCfa((int) cursor.uleb(), row.cfaOffset());
            case 0x0e -> row.setCfa(row.cfaRegister(), cursor.uleb());
            case 0x0f -> row.setCfaExpression(block());
            case 0x12 -> row.setCfa((int) cursor.uleb(), factored(cursor.sleb()));
            case 0x13 -> row.setCfa(row.cfaRegister(), factored(cursor.sleb()));
            default -> {
                return false;
            }
        }
        return true;
    }

    private void register(int code) {
        long register = cursor.uleb();
        switch (code) {
            case 0x05 -> row.set(register, Rule.OFFSET, factored(cursor.uleb()));
            case 0x09 -> row.set(register, Rule.REGISTER, cursor.uleb());
            case 0x10 -> row.set(register, Rule.EXPRESSION, block());
            case 0x11 -> row.set(register, Rule.OFFSET, factored(cursor.sleb()));
            case 0x14 -> row.set(register, Rule.VALUE_OFFSET, factored(cursor.uleb()));
            case 0x15 -> row.set(register, Rule.VALUE_OFFSET, factored(cursor.sleb()));
            case 0x16 -> row.set(register, Rule.VALUE_EXPRESSION, block());
            default ->
                throw new SectionFault(cursor.name() + ": the unknown instruction " + Hex.of(code) + " before "
                        + Hex.of(cursor.position()));
        }
    }

    /// Passes over an expression and answers where it begins, its length first.
    private long block() {
        long at = cursor.position();
        cursor.skip(cursor.uleb());
        return at;
    }

    private void remember() {
        if (remembered.size() < MOST_REMEMBERED) {
            remembered.push(row.copy());
        }
    }

    private void recall() {
        UnwindRow last = remembered.poll();
        if (last != null) {
            row.takeFrom(last);
        }
    }
}
