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
        return given.isEmpty() ? Optional.empty() : Optional.of(given.getLast());
    }

    /// All values of an option, in order.
    public List<String> values(Option option) {
        return values.getOrDefault(option, List.of());
    }

    /// The arguments that are no options.
    public List<String> words() {
        return words;
    }
}
