package io.inquest.crash.value;

import io.inquest.kernel.AddressSpace;
import io.inquest.kernel.type.IntegerType;
import io.inquest.kernel.type.KernelType;
import io.inquest.kernel.type.PointerType;
import io.inquest.kernel.type.Types;
import org.jspecify.annotations.Nullable;

/// The operators of C on numbers and pointers.
final class Arithmetic {

    private final Types types;
    private final AddressSpace space;

    Arithmetic(Types types, AddressSpace space) {
        this.types = types;
        this.space = space;
    }

    Value unary(String operator, Value operand) {
        if (operator.equals("!")) {
            return truth(operand.number() == 0);
        }
        IntegerType type = CTypes.promoted(operand.plain());
        long number = operand.number();
        return of(
                type,
                switch (operator) {
                    case "-" -> -number;
                    case "~" -> ~number;
                    default -> number;
                });
    }

    Value binary(String operator, Value left, Value right) {
        KernelType leftTarget = left.pointed();
        KernelType rightTarget = right.pointed();
        if (leftTarget == null && rightTarget == null) {
            return numbers(operator, left, right);
        }
        return switch (operator) {
            case "+" ->
                leftTarget != null
                        ? moved(left, leftTarget, right.number())
                        : moved(right, target(rightTarget), left.number());
            case "-" ->
                rightTarget == null
                        ? moved(left, target(leftTarget), -right.number())
                        : of(CTypes.LONG, (left.number() - right.number()) / unit(rightTarget));
            case "==", "!=", "<", ">", "<=", ">=", "&&", "||" ->
                compared(operator, left.number(), right.number(), false);
            default -> throw new ExpressionException("Argument to arithmetic operation not a number or boolean.");
        };
    }

    private static KernelType target(@Nullable KernelType pointed) {
        if (pointed == null) {
            throw new ExpressionException("Argument to arithmetic operation not a number or boolean.");
        }
        return pointed;
    }

    private Value moved(Value pointer, KernelType target, long elements) {
        PointerType type = pointer.plain() instanceof PointerType same ? same : types.pointerTo(target);
        return Value.of(
                pointer.plain() instanceof PointerType ? pointer.type() : type,
                pointer.number() + elements * unit(target),
                pointer.space());
    }

    /// gcc's rule: `void` and functions count as one byte.
    private static long unit(KernelType target) {
        return Math.max(1, target.bytes());
    }

    private Value numbers(String operator, Value left, Value right) {
        IntegerType type = CTypes.common(left.plain(), right.plain());
        long a = CTypes.convert(left.number(), type);
        long b = CTypes.convert(right.number(), type);
        return switch (operator) {
            case "+" -> of(type, a + b);
            case "-" -> of(type, a - b);
            case "*" -> of(type, a * b);
            case "/" -> of(type, type.signed() ? a / nonZero(b) : Long.divideUnsigned(a, nonZero(b)));
            case "%" -> of(type, type.signed() ? a % nonZero(b) : Long.remainderUnsigned(a, nonZero(b)));
            case "&" -> of(type, a & b);
            case "|" -> of(type, a | b);
            case "^" -> of(type, a ^ b);
            case "<<" -> of(CTypes.promoted(left.plain()), b >= Long.SIZE || b < 0 ? 0 : left.number() << b);
            case ">>" -> shiftedRight(left, right.number());
            default -> compared(operator, a, b, type.signed());
        };
    }

    private Value shiftedRight(Value left, long by) {
        IntegerType type = CTypes.promoted(left.plain());
        long value = CTypes.convert(left.number(), type);
        boolean all = by >= Long.SIZE || by < 0;
        return of(type, type.signed() ? value >> (all ? Long.SIZE - 1 : by) : all ? 0 : value >>> by);
    }

    private static long nonZero(long divisor) {
        if (divisor == 0) {
            throw new ExpressionException("Division by zero");
        }
        return divisor;
    }

    private Value compared(String operator, long a, long b, boolean signed) {
        int order = signed ? Long.compare(a, b) : Long.compareUnsigned(a, b);
        return truth(
                switch (operator) {
                    case "==" -> a == b;
                    case "!=" -> a != b;
                    case "<" -> order < 0;
                    case ">" -> order > 0;
                    case "<=" -> order <= 0;
                    case ">=" -> order >= 0;
                    case "&&" -> a != 0 && b != 0;
                    case "||" -> a != 0 || b != 0;
                    default -> throw new ExpressionException("unknown operator " + operator);
                });
    }

    private Value truth(boolean value) {
        return of(CTypes.INT, value ? 1 : 0);
    }

    private Value of(IntegerType type, long number) {
        return Value.of(type, CTypes.convert(number, type), space);
    }
}
