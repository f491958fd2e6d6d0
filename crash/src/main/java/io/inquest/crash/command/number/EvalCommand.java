package io.inquest.crash.command.number;

import io.inquest.crash.command.Command;
import io.inquest.crash.command.Declaration;
import io.inquest.crash.command.Invocation;
import io.inquest.crash.command.Option;
import io.inquest.crash.result.Layout;
import io.inquest.crash.result.Result;
import io.inquest.crash.result.TextWriter;
import io.inquest.output.JsonWriter;
import java.io.IOException;

/// `eval`: a number or an expression in four radixes.
public final class EvalCommand implements Command {

    private static final Option BITS = Option.flag("b", "also the numbers of the bits that are set");
    private static final Option LONG = Option.flag("l", "accepted as in crash; numbers have 64 bits in any case");

    private static final Declaration DECLARATION = Declaration.of("eval", "calculate with numbers and symbols")
            .options(BITS, LONG)
            .takes("expression", 1, Declaration.ANY_NUMBER)
            .details("""
                    Numbers are decimal unless they begin with 0x or 0b, or have hexadecimal letters. After a decimal
                    number, k, m, g and t stand for powers of 1024. A symbol stands for its address. Operators are those
                    of C: ~ * / % + - << >> & ^ | and parentheses.""")
            .example("eval 128m", "128 MiB in bytes")
            .example("eval -b 0x8000000000000801", "which bits are these?")
            .example("eval (jiffies & ~0xfff)", "the first byte of a symbol's page");

    /// A value and whether its bits are asked for.
    public record Value(long value, boolean withBits) {}

    @Override
    public Declaration declaration() {
        return DECLARATION;
    }

    @Override
    public Result run(Invocation invocation) {
        long value = invocation.number(String.join(" ", invocation.words()));
        return Result.one(new Value(value, invocation.has(BITS)), new ValueLayout());
    }

    private static final class ValueLayout implements Layout<Value> {

        private static final String[] UNITS = {"KB", "MB", "GB"};

        @Override
        public void text(Value row, TextWriter out) throws IOException {
            long value = row.value();
            out.text("hexadecimal: ").hex(value).text("  ").text(inUnits(value)).newLine();
            out.text("    decimal: ").text(Long.toUnsignedString(value)).text("  ");
            out.line(value < 0 ? "(" + value + ")" : "");
            out.text("      octal: ").line(Long.toOctalString(value));
            String binary = Long.toBinaryString(value);
            out.text("     binary: ").line("0".repeat(64 - binary.length()) + binary);
            if (row.withBits()) {
                out.text("   bits set: ").line(bits(value));
            }
        }

        /// `(128MB)` for a multiple of 1024 in the largest unit that leaves nothing over.
        private static String inUnits(long value) {
            int unit = -1;
            long rest = value;
            while (value != 0 && (rest & 1023) == 0 && unit < UNITS.length - 1) {
                rest >>>= 10;
                unit++;
            }
            return unit < 0 ? "" : "(" + Long.toUnsignedString(rest) + UNITS[unit] + ")";
        }

        private static String bits(long value) {
            StringBuilder bits = new StringBuilder();
            for (int bit = 63; bit >= 0; bit--) {
                if ((value >>> bit & 1) != 0) {
                    bits.append(bit).append(' ');
                }
            }
            return bits.toString();
        }

        @Override
        public void members(Value row, JsonWriter json) throws IOException {
            json.name("hexadecimal").hex(row.value());
            json.name("decimal");
            // As all unsigned numbers above 2^63, which no reader of JSON takes for what they are.
            if (row.value() < 0) {
                json.value(Long.toUnsignedString(row.value()));
            } else {
                json.value(row.value());
            }
            json.name("signed").value(row.value());
        }
    }
}
