package io.inquest.crash.command;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The options and arguments of one command line.
public final class Arguments {

    private final Map<Option, List<String>> values;
    private final List<String> words;

    Arguments(Map<Option, List<String>> values, List<String> words) {
        this.values = Map.copyOf(values);
        this.words = List.copyOf(words);
    }

    /// Without the single quotes that [io.inquest.crash.shell] leaves around a word, for those commands to which they
    /// mean something: a pattern.
    private static String unquoted(String word) {
        return isQuoted(word) ? word.substring(1, word.length() - 1) : word;
    }

    /// Whether a word stood in single quotes.
    public static boolean isQuoted(String word) {
        return word.length() > 1 && word.startsWith("'") && word.endsWith("'");
    }

    public boolean has(Option option) {
        return values.containsKey(option);
    }

    /// How often an option was given: 2 for `-FF`.
    public int count(Option option) {
        return values(option).size();
    }

    /// The value of an option; if it was given more than once, the last one.
    public Optional<String> value(Option option) {
        List<String> given = values(option);
        return given.isEmpty() ? Optional.empty() : Optional.of(unquoted(given.getLast()));
    }

    /// All values of an option, in order.
    public List<String> values(Option option) {
        return values.getOrDefault(option, List.of());
    }

    /// The arguments that are no options.
    public List<String> words() {
        return words.stream().map(Arguments::unquoted).toList();
    }

    /// The same with the single quotes of those that stood in some.
    public List<String> quotedWords() {
        return words;
    }
}
