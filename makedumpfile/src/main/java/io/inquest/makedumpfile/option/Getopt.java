package io.inquest.makedumpfile.option;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Splits a command line by the rules of glibc's getopt_long(3), and complains in its words.
///
/// Options and operands may be mixed; `--` ends the options; short options may be clustered, their argument may
/// follow at once; long options may be abbreviated as long as they are unambiguous, their argument follows `=` or
/// is the next word. With `POSIXLY_CORRECT` in the environment the first operand ends the options.
///
/// @param <T> what stands for an option
public final class Getopt<T> {

    /// One option that is known.
    ///
    /// @param id what stands for it
    /// @param shortName its letter, 0 if it has none
    /// @param longName its name without dashes, empty if it has none
    /// @param takesArgument whether an argument must follow
    /// @param abbreviable whether a prefix of the long name is understood as well
    public record Syntax<T>(T id, char shortName, String longName, boolean takesArgument, boolean abbreviable) {}

    /// An option as it was given; `argument` is empty for an option that takes none.
    public record Given<T>(T id, String argument) {}

    /// A command line taken apart.
    ///
    /// @param options in the order given, up to the first mistake
    /// @param operands the rest; meaningless after a mistake
    /// @param mistake getopt's message for the first mistake, without the program's name; null if there is none
    public record Parsed<T>(
            List<Given<T>> options,
            List<String> operands,
            @Nullable String mistake) {}

    private final List<Syntax<T>> syntax;
    private final List<Given<T>> options = new ArrayList<>();
    private final List<String> operands = new ArrayList<>();
    private String[] words = {};
    private int next;
    private @Nullable String mistake;

    private Getopt(List<Syntax<T>> syntax) {
        this.syntax = syntax;
    }

    /// Takes `words` apart; `operandEndsOptions` is the rule of `POSIXLY_CORRECT`.
    public static <T> Parsed<T> parse(List<Syntax<T>> syntax, String[] words, Ordering ordering) {
        Getopt<T> parser = new Getopt<>(syntax);
        parser.words = words;
        parser.run(ordering);
        return new Parsed<>(List.copyOf(parser.options), List.copyOf(parser.operands), parser.mistake);
    }

    /// Whether options may stand behind operands.
    public enum Ordering {
        MIXED,
        OPTIONS_FIRST;

        /// What the environment asks for.
        public static Ordering ofEnvironment() {
            return System.getenv("POSIXLY_CORRECT") == null ? MIXED : OPTIONS_FIRST;
        }
    }

    private void run(Ordering ordering) {
        while (next < words.length && mistake == null) {
            String word = words[next++];
            if (word.equals("--")) {
                takeRemaining();
            } else if (word.startsWith("--")) {
                takeLong(word.substring(2));
            } else if (word.length() > 1 && word.charAt(0) == '-') {
                takeCluster(word);
            } else {
                operands.add(word);
                if (ordering == Ordering.OPTIONS_FIRST) {
                    takeRemaining();
                }
            }
        }
    }

    private void takeRemaining() {
        while (next < words.length) {
            operands.add(words[next++]);
        }
    }

    private void takeLong(String text) {
        int equals = text.indexOf('=');
        String name = equals < 0 ? text : text.substring(0, equals);
        Syntax<T> option = findLong(name, text);
        if (option == null) {
            return;
        }
        if (!option.takesArgument()) {
            if (equals >= 0) {
                mistake = "option '--" + option.longName() + "' doesn't allow an argument";
                return;
            }
            options.add(new Given<>(option.id(), ""));
        } else if (equals >= 0) {
            options.add(new Given<>(option.id(), text.substring(equals + 1)));
        } else if (next < words.length) {
            options.add(new Given<>(option.id(), words[next++]));
        } else {
            mistake = "option '--" + option.longName() + "' requires an argument";
        }
    }

    private @Nullable Syntax<T> findLong(String name, String asGiven) {
        List<Syntax<T>> candidates = new ArrayList<>();
        for (Syntax<T> option : syntax) {
            if (option.longName().isEmpty()) {
                continue;
            }
            if (option.longName().equals(name)) {
                return option;
            }
            if (option.abbreviable() && option.longName().startsWith(name)) {
                candidates.add(option);
            }
        }
        if (candidates.size() == 1) {
            return candidates.get(0);
        }
        mistake = candidates.isEmpty() ? "unrecognized option '--" + asGiven + "'" : ambiguity(asGiven, candidates);
        return null;
    }

    private static <T> String ambiguity(String asGiven, List<Syntax<T>> candidates) {
        StringBuilder text = new StringBuilder("option '--").append(asGiven).append("' is ambiguous; possibilities:");
        for (Syntax<T> candidate : candidates) {
            text.append(" '--").append(candidate.longName()).append('\'');
        }
        return text.toString();
    }

    private void takeCluster(String word) {
        for (int i = 1; i < word.length() && mistake == null; i++) {
            Syntax<T> option = findShort(word.charAt(i));
            if (option == null) {
                mistake = "invalid option -- '" + word.charAt(i) + "'";
            } else if (!option.takesArgument()) {
                options.add(new Given<>(option.id(), ""));
            } else if (i + 1 < word.length()) {
                options.add(new Given<>(option.id(), word.substring(i + 1)));
                return;
            } else if (next < words.length) {
                options.add(new Given<>(option.id(), words[next++]));
            } else {
                mistake = "option requires an argument -- '" + word.charAt(i) + "'";
            }
        }
    }

    private @Nullable Syntax<T> findShort(char letter) {
        for (Syntax<T> option : syntax) {
            if (option.shortName() == letter) {
                return option;
            }
        }
        return null;
    }
}
