package io.inquest.crash.session;

import io.inquest.crash.UsageException;
import java.util.OptionalLong;
import java.util.function.Function;

/// Calculates with 64-bit numbers and symbols, as C does: `(jiffies + 8) & ~0xfff`, `4k * 3`.
///
/// | what      | how                                                                                  |
/// |-----------|--------------------------------------------------------------------------------------|
/// | number    | `0x1f`, `0b101`; without a prefix in the given radix, hexadecimal when a letter shows it |
/// | suffix    | `k`, `m`, `g`, `t` after decimal digits: times 1024 and so on                        |
/// | symbol    | its address                                                                          |
/// | operators | `~ -` before, then `* / %`, `+ -`, `<< >>`, `&`, `^`, vertical bar                    |
///
/// Division is unsigned.
public final class Expression {

    /// Deeper nesting is a mistake, and would end the stack.
    private static final int DEEPEST = 100;

    private static final String[][] OPERATORS = {{"|"}, {"^"}, {"&"}, {"<<", ">>"}, {"+", "-"}, {"*", "/", "%"}};

    private final String text;
    private final int radix;
    private final Function<String, OptionalLong> symbols;
    private int at;
    private int depth;

    private Expression(String text, int radix, Function<String, OptionalLong> symbols) {
        this.text = text;
        this.radix = radix;
        this.symbols = symbols;
    }

    /// The value of an expression, or [UsageException].
    ///
    /// @param radix of numbers without a prefix: 10 or 16
    /// @param symbols the addresses of symbols
    public static long evaluate(String text, int radix, Function<String, OptionalLong> symbols) {
        Expression expression = new Expression(text, radix, symbols);
        long value = expression.binary(0);
        expression.skipBlanks();
        if (expression.at < text.length()) {
            throw expression.wrong();
        }
        return value;
    }

    private long binary(int level) {
        if (level == OPERATORS.length) {
            return unary();
        }
        long value = binary(level + 1);
        while (true) {
            String operator = operator(OPERATORS[level]);
            if (operator.isEmpty()) {
                return value;
            }
            value = apply(operator, value, binary(level + 1));
        }
    }

    private String operator(String[] candidates) {
        skipBlanks();
        for (String candidate : candidates) {
            if (text.startsWith(candidate, at)) {
                at += candidate.length();
                return candidate;
            }
        }
        return "";
    }

    private long apply(String operator, long left, long right) {
        return switch (operator) {
            case "|" -> left | right;
            case "^" -> left ^ right;
            case "&" -> left & right;
            case "<<" -> Long.compareUnsigned(right, 63) > 0 ? 0 : left << right;
            case ">>" -> Long.compareUnsigned(right, 63) > 0 ? 0 : left >>> right;
            case "+" -> left + right;
            case "-" -> left - right;
            case "*" -> left * right;
            case "/" -> Long.divideUnsigned(left, divisor(right));
            default -> Long.remainderUnsigned(left, divisor(right));
        };
    }

    private long divisor(long number) {
        if (number == 0) {
            throw new UsageException("division by zero in " + text);
        }
        return number;
    }

    private long unary() {
        if (++depth > DEEPEST) {
            throw new UsageException("the expression is nested too deeply");
        }
        skipBlanks();
        char next = at < text.length() ? text.charAt(at) : 0;
        at++;
        long value = switch (next) {
            case '~' -> ~unary();
            case '-' -> -unary();
            case '(' -> parenthesised();
            default -> {
                at--;
                yield operand();
            }
        };
        depth--;
        return value;
    }

    private long parenthesised() {
        long value = binary(0);
        skipBlanks();
        if (at == text.length() || text.charAt(at) != ')') {
            throw wrong();
        }
        at++;
        return value;
    }

    private long operand() {
        int start = at;
        while (at < text.length() && isWordCharacter(text.charAt(at))) {
            at++;
        }
        if (start == at) {
            throw wrong();
        }
        String word = text.substring(start, at);
        OptionalLong number = number(word, radix);
        if (number.isPresent()) {
            return number.getAsLong();
        }
        // As in crash: `deadbeef` is a number, unless a symbol has that name.
        return symbols.apply(word)
                .orElseGet(() -> digits(word, 16).orElseThrow(() -> new UsageException("symbol not found: " + word)));
    }

    private static boolean isWordCharacter(char c) {
        return Character.isLetterOrDigit(c) || c == '_' || c == '.' || c == '$';
    }

    private void skipBlanks() {
        while (at < text.length() && text.charAt(at) == ' ') {
            at++;
        }
    }

    private UsageException wrong() {
        return new UsageException("invalid expression: " + text);
    }

    /// A number alone; empty if the word is none in that radix, and in no other that it shows.
    public static OptionalLong number(String word, int radix) {
        if (word.startsWith("0x") || word.startsWith("0X")) {
            return digits(word.substring(2), 16);
        }
        if (radix == 10) {
            OptionalLong decimal = decimal(word);
            if (decimal.isPresent()) {
                return decimal;
            }
            // As in crash, letters of a hexadecimal number show what it is, unless no digit leads.
            return !word.isEmpty() && Character.digit(word.charAt(0), 10) >= 0
                    ? digits(word, 16)
                    : OptionalLong.empty();
        }
        return digits(word, radix);
    }

    private static OptionalLong decimal(String word) {
        if (word.startsWith("0b")) {
            return digits(word.substring(2), 2);
        }
        int suffix = word.isEmpty() ? -1 : "kmgt".indexOf(Character.toLowerCase(word.charAt(word.length() - 1)));
        if (suffix >= 0) {
            OptionalLong count = digits(word.substring(0, word.length() - 1), 10);
            return count.isPresent() ? OptionalLong.of(count.getAsLong() << (10 * (suffix + 1))) : count;
        }
        return digits(word, 10);
    }

    private static OptionalLong digits(String digits, int radix) {
        if (digits.isEmpty() || digits.startsWith("-") || digits.startsWith("+")) {
            return OptionalLong.empty();
        }
        try {
            return OptionalLong.of(Long.parseUnsignedLong(digits, radix));
        } catch (NumberFormatException tooLongOrNone) {
            return OptionalLong.empty();
        }
    }
}
