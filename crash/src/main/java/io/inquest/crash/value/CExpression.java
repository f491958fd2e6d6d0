package io.inquest.crash.value;

import io.inquest.kernel.object.KernelObject;
import io.inquest.kernel.type.ArrayType;
import io.inquest.kernel.type.KernelType;
import io.inquest.kernel.type.PointerType;
import io.inquest.kernel.type.StructType;
import io.inquest.kernel.type.VoidType;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// Finds the value of an expression of C: names of variables and enumerators, numbers, casts, `sizeof`,
/// members, elements, addresses, and arithmetic; without assignments and function calls, which a dead kernel
/// cannot have.
///
/// Precedence is C's, with gdb's `object@count` (an array of the objects from there on) between shifts and
/// sums:
///
/// | operators                | from weak to strong |
/// |--------------------------|---------------------|
/// | `? :`                    | right to left       |
/// | `\|\|`  `&&`  `\|`  `^`  `&` | left to right   |
/// | `== !=`  `< > <= >=`     |                     |
/// | `<< >>`  `@`  `+ -`  `* / %` |                 |
/// | casts, `* & - + ~ ! sizeof` | prefix           |
/// | `a[i]  a.b  a->b`        | postfix             |
public final class CExpression {

    private static final String[][] LEVELS = {
        {"||"},
        {"&&"},
        {"|"},
        {"^"},
        {"&"},
        {"==", "!="},
        {"<", ">", "<=", ">="},
        {"<<", ">>"},
        {"@"},
        {"+", "-"},
        {"*", "/", "%"},
    };

    /// What the names of such types begin with.
    private static final List<String> TAGGED = List.of("struct", "union", "enum");

    /// Deeper than people write, so that no input overflows the stack.
    private static final int DEEPEST = 100;

    /// As many objects as anybody wants to read, so that `@` makes no type of absurd size.
    private static final long LONGEST_ARRAY = 1 << 16;

    private final Scope scope;
    private final Tokens tokens;
    private final Arithmetic arithmetic;
    private int depth;

    private CExpression(Scope scope, String text) {
        this.scope = scope;
        this.tokens = new Tokens(text);
        this.arithmetic = new Arithmetic(scope.types(), scope.space());
    }

    /// The value of `text`.
    ///
    /// Throws an [ExpressionException] when it has none, and a [io.inquest.dump.MemoryFault] when memory that
    /// it depends on cannot be read. Whether the value itself can be read shows when it is asked for.
    public static Value evaluate(Scope scope, String text) {
        CExpression expression = new CExpression(scope, text);
        Value value = expression.conditional();
        if (!expression.tokens.atEnd()) {
            throw expression.tokens.syntaxError();
        }
        return value;
    }

    private Value conditional() {
        if (++depth > DEEPEST) {
            throw new ExpressionException("the expression is nested too deeply");
        }
        Value condition = binary(0);
        if (tokens.take("?")) {
            Value yes = conditional();
            tokens.require(":");
            Value no = conditional();
            condition = condition.number() != 0 ? yes : no;
        }
        depth--;
        return condition;
    }

    private Value binary(int level) {
        if (level == LEVELS.length) {
            return prefix();
        }
        Value left = binary(level + 1);
        for (String operator = operator(level); !operator.isEmpty(); operator = operator(level)) {
            Value right = binary(level + 1);
            left = operator.equals("@") ? repeated(left, right) : arithmetic.binary(operator, left, right);
        }
        return left;
    }

    private String operator(int level) {
        for (String operator : LEVELS[level]) {
            if (tokens.take(operator)) {
                return operator;
            }
        }
        return "";
    }

    private Value repeated(Value first, Value count) {
        long length = count.number();
        if (length < 1 || length > LONGEST_ARRAY) {
            throw new ExpressionException("Invalid number " + length + " of repetitions.");
        }
        KernelObject place = first.inMemory();
        return Value.at(place.as(new ArrayType(place::type, length)));
    }

    private Value prefix() {
        if (++depth > DEEPEST) {
            throw new ExpressionException("the expression is nested too deeply");
        }
        Value value = prefixOrPostfix();
        depth--;
        return value;
    }

    private Value prefixOrPostfix() {
        String token = tokens.peek();
        return switch (token) {
            case "*" -> {
                tokens.next();
                yield dereferenced(prefix());
            }
            case "&" -> {
                tokens.next();
                KernelObject place = prefix().inMemory();
                yield Value.of(scope.types().pointerTo(place.type()), place.address(), place.space());
            }
            case "-", "+", "~", "!" -> {
                tokens.next();
                yield arithmetic.unary(token, prefix());
            }
            case "sizeof" -> {
                tokens.next();
                yield Value.of(CTypes.UNSIGNED_LONG, sizeOf(), scope.space());
            }
            default -> {
                Optional<KernelType> cast = typeInParentheses();
                yield cast.isPresent() ? cast(cast.get(), prefix()) : postfix();
            }
        };
    }

    private static Value dereferenced(Value pointer) {
        KernelObject target = pointer.target();
        if (target.type().plain() instanceof VoidType) {
            throw new ExpressionException("Attempt to take contents of a non-pointer value.");
        }
        return Value.at(target);
    }

    private long sizeOf() {
        Optional<KernelType> type = typeInParentheses();
        return type.isPresent() ? type.get().bytes() : prefix().type().bytes();
    }

    /// The type of a cast, if one stands here; else nothing is taken.
    private Optional<KernelType> typeInParentheses() {
        int mark = tokens.mark();
        if (!tokens.take("(")) {
            return Optional.empty();
        }
        String name = tokens.untilClosed();
        Optional<KernelType> type = scope.types().find(name);
        if (type.isEmpty()) {
            refuseUnknown(name);
            tokens.back(mark);
        }
        return type;
    }

    /// Behind the keyword nothing but a type can be meant. The sentence is gdb's.
    private static void refuseUnknown(String name) {
        String text = name.strip();
        for (String keyword : TAGGED) {
            if (text.startsWith(keyword + " ")) {
                String tag = text.substring(keyword.length() + 1);
                int end = 0;
                while (end < tag.length() && Tokens.isWord(tag.charAt(end))) {
                    end++;
                }
                throw new ExpressionException("No " + keyword + " type named " + tag.substring(0, end) + ".");
            }
        }
    }

    private static Value cast(KernelType type, Value value) {
        return switch (type.plain()) {
            case StructType struct -> {
                if (value.place() == null) {
                    throw new ExpressionException("Invalid cast.");
                }
                yield Value.at(value.place().as(type));
            }
            case ArrayType array -> throw new ExpressionException("Invalid cast.");
            case PointerType pointer -> Value.of(type, value.number(), value.space());
            default -> Value.of(type, CTypes.convert(value.number(), type.plain()), value.space());
        };
    }

    private Value postfix() {
        Value value = primary();
        while (true) {
            if (tokens.take("[")) {
                Value index = conditional();
                tokens.require("]");
                value = Value.at(element(value, index.number()));
            } else if (tokens.take(".") || tokens.take("->")) {
                value = Value.at(member(value, tokens.next()));
            } else {
                return value;
            }
        }
    }

    private static KernelObject element(Value value, long index) {
        if (value.pointed() == null) {
            throw new ExpressionException(
                    "cannot subscript something of type `" + value.type().name() + "'");
        }
        if (value.plain() instanceof ArrayType) {
            return value.inMemory().element(index);
        }
        KernelObject first = value.target();
        return KernelObject.at(first.space(), first.type(), first.address() + index * first.bytes());
    }

    /// As gdb does, `.` and `->` both go through a pointer.
    private static KernelObject member(Value value, String name) {
        KernelObject struct = value.plain() instanceof PointerType ? value.target() : value.inMemory();
        if (!(struct.type().plain() instanceof StructType)) {
            throw new ExpressionException("Attempt to extract a component of a value that is not a structure"
                    + (value.plain() instanceof PointerType ? " pointer." : "."));
        }
        return struct.find(name).orElseThrow(() -> new ExpressionException("There is no member named " + name + "."));
    }

    private Value primary() {
        if (tokens.take("(")) {
            Value inner = conditional();
            tokens.require(")");
            return inner;
        }
        String token = tokens.peek();
        if (token.isEmpty() || !(Tokens.isWord(token.charAt(0)) || token.charAt(0) == '\'')) {
            throw tokens.syntaxError();
        }
        tokens.next();
        char first = token.charAt(0);
        if (first == '\'') {
            return Value.of(CTypes.CHAR, Literal.character(token), scope.space());
        }
        if (Character.isDigit(first)) {
            return Literal.number(token, scope.space());
        }
        return first == '$' ? answer(token) : named(token);
    }

    private Value answer(String token) {
        String digits = token.substring(1);
        int number = digits.isEmpty()
                ? 0
                : (int) Literal.number(digits, scope.space()).computed();
        return scope.answer(number).orElseThrow(() -> new ExpressionException("there is no answer " + token));
    }

    private Value named(String name) {
        Optional<KernelObject> variable = scope.variable(name);
        if (variable.isPresent()) {
            return Value.at(variable.get());
        }
        OptionalLong enumerator = scope.types().enumerator(name);
        if (enumerator.isPresent()) {
            return Value.of(
                    CTypes.ofLiteral(enumerator.getAsLong(), true, false, false),
                    enumerator.getAsLong(),
                    scope.space());
        }
        throw new ExpressionException("No symbol \"" + name + "\" in current context.");
    }
}
