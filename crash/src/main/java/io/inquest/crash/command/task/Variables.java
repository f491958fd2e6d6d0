package io.inquest.crash.command.task;

import io.inquest.crash.UsageException;
import io.inquest.crash.command.Invocation;
import io.inquest.crash.result.Layout;
import io.inquest.crash.result.Result;
import io.inquest.crash.result.RowSource;
import io.inquest.crash.result.TextWriter;
import io.inquest.crash.session.Session;
import io.inquest.crash.session.Settings;
import io.inquest.crash.session.Variable;
import io.inquest.kernel.symbol.Place;
import io.inquest.output.JsonWriter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The variables of a session, as `set` shows and changes them.
///
/// @param value as it is shown
record Variables(String name, String value) {

    /// The columns of crash's list up to the colon.
    private static final int NAME_WIDTH = 14;

    static Result list(Session session) throws IOException {
        List<Variables> rows = new ArrayList<>();
        for (Variable variable : Variable.values()) {
            rows.add(new Variables(variable.word(), shown(variable, session)));
            if (variable == Variable.EDIT) {
                rows.add(new Variables("namelist", session.sources().vmlinux().orElse("(none)")));
                rows.add(new Variables(
                        "dumpfile", String.join(" ", session.sources().dump())));
            }
        }
        return Result.rows("variables", RowSource.of(rows), new ListLayout());
    }

    /// Changes those that are given a value, one after the other, and says what they are now.
    static Result set(Invocation invocation) throws IOException {
        Session session = invocation.session();
        List<String> words = unabridged(invocation.words());
        StringBuilder text = new StringBuilder();
        for (int at = 0; at < words.size(); at++) {
            String name = words.get(at);
            Variable variable = Variable.named(name)
                    .orElseThrow(() -> new UsageException("there is no variable " + name + "; \"set -v\" lists them"));
            boolean given =
                    at + 1 < words.size() && Variable.named(words.get(at + 1)).isEmpty();
            if (given) {
                session.settings().set(variable, checked(invocation, variable, words.get(++at)));
            }
            text.append(line(variable, session)).append('\n');
            if (given && !variable.withoutEffect().isEmpty()) {
                text.append("  (accepted as in crash; ")
                        .append(variable.withoutEffect())
                        .append(")\n");
            }
        }
        return Result.text(text.toString());
    }

    static boolean isVariable(String word) {
        return Variable.named(unabridged(List.of(word)).getFirst()).isPresent();
    }

    /// `set hex` is short for `set radix 16`.
    private static List<String> unabridged(List<String> words) {
        return words.size() == 1
                        && (words.getFirst().equals("hex") || words.getFirst().equals("dec"))
                ? List.of(Variable.RADIX.word(), words.getFirst())
                : words;
    }

    private static String checked(Invocation invocation, Variable variable, String word) {
        String value = spelled(variable, word);
        if (variable == Variable.SCOPE) {
            return Long.toHexString(invocation.address(word));
        }
        if (variable.isNumber()) {
            return Integer.toString(invocation.count(word, 0));
        }
        if (!variable.choices().isEmpty() && !variable.choices().contains(value)) {
            throw new UsageException(
                    variable.word() + " is " + String.join(" or ", variable.choices()) + ", not " + word);
        }
        return value;
    }

    /// Other ways to write the same.
    private static String spelled(Variable variable, String word) {
        return switch (word) {
            case "hex", "0x10" -> variable == Variable.RADIX ? "16" : word;
            case "dec" -> variable == Variable.RADIX ? "10" : word;
            case "1" -> variable.choices().contains("on") ? "on" : word;
            case "0" -> variable.choices().contains("on") ? "off" : word;
            default -> word;
        };
    }

    /// One variable on a line of its own; crash has a shape for each.
    private static String line(Variable variable, Session session) throws IOException {
        String value = shown(variable, session);
        return switch (variable) {
            case RADIX -> "output radix: " + value;
            case CORE ->
                "core: " + value + " (" + (value.equals("on") ? "" : "do NOT ") + "drop core on error message)";
            case CONSOLE -> "console: " + (value.startsWith("(") ? "not set" : value);
            case OFFLINE -> " ".repeat(NAME_WIDTH - variable.word().length()) + variable.word() + ": " + value;
            default -> variable.word() + ": " + value;
        };
    }

    private static String shown(Variable variable, Session session) throws IOException {
        Settings settings = session.settings();
        String value = settings.value(variable);
        return switch (variable) {
            case RADIX -> settings.isHexadecimal() ? "16 (hex)" : "10 (decimal)";
            case SCOPE -> value.equals("0") ? "0 (not set)" : value + " (" + scope(session, value) + ")";
            default -> value;
        };
    }

    private static String scope(Session session, String value) throws IOException {
        Optional<Place> place = session.kernel().symbols().at(Long.parseUnsignedLong(value, 16));
        return place.map(found -> found.symbol().name()).orElse("no symbol");
    }

    private static final class ListLayout implements Layout<Variables> {

        @Override
        public void text(Variables row, TextWriter out) throws IOException {
            out.right(row.name(), NAME_WIDTH).text(": ").line(row.value());
        }

        @Override
        public void members(Variables row, JsonWriter json) throws IOException {
            json.name("name").value(row.name()).name("value").value(row.value());
        }
    }
}
