package io.inquest.crash.command;

import io.inquest.crash.UsageException;
import io.inquest.crash.session.Expression;
import io.inquest.crash.session.Session;
import io.inquest.crash.value.KernelNames;
import io.inquest.crash.value.ValueText;
import io.inquest.kernel.Kernel;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// One run of a command: in which session, with which arguments.
public record Invocation(Session session, Arguments arguments) {

    public Kernel kernel() {
        return session.kernel();
    }

    public boolean has(Option option) {
        return arguments.has(option);
    }

    public Optional<String> value(Option option) {
        return arguments.value(option);
    }

    public List<String> words() {
        return arguments.words();
    }

    /// A word where an address is expected: a symbol, hexadecimal digits, or an expression in parentheses.
    public long address(String word) {
        return Expression.evaluate(word, 16, this::symbol);
    }

    /// A word where a number is expected: decimal unless it shows that it is not.
    public long number(String word) {
        return Expression.evaluate(word, 10, this::symbol);
    }

    /// A word where a count is expected: decimal, at least `least`.
    public int count(String word, int least) {
        OptionalLong number = Expression.number(word, 10);
        if (number.isEmpty() || number.getAsLong() < least || number.getAsLong() > Integer.MAX_VALUE) {
            throw new UsageException("invalid count: " + word + "; expected a number from " + least + " on");
        }
        return (int) number.getAsLong();
    }

    private OptionalLong symbol(String name) {
        return session.symbolAddress(name);
    }

    /// How values of C types are spelled in this session.
    public ValueText values(boolean hexadecimal) throws IOException {
        ValueText values = new ValueText(
                hexadecimal,
                new KernelNames(kernel().symbols()),
                session.settings().mostElements());
        return session.settings().isNullStop() ? values.stoppingAtNul() : values;
    }
}
