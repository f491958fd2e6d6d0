package io.inquest.crash.command;

import io.inquest.crash.UsageException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Sorts the words of a command line into options and arguments, as getopt(3) does: options may stand anywhere, `--`
/// ends
/// them, and letters may be written together.
///
/// Different from getopt, an option may be a whole word (`-16`), one whose value may lack has it behind an equals sign
/// (`-S=0,2`), and a negative number that is no option is an argument.
final class ArgumentParser {

    private final Declaration declaration;
    private final Map<Option, List<String>> values = new LinkedHashMap<>();
    private final List<String> arguments = new ArrayList<>();

    ArgumentParser(Declaration declaration) {
        this.declaration = declaration;
    }

    Arguments parse(List<String> words) {
        int at = 0;
        while (at < words.size()) {
            String word = words.get(at++);
            if (word.equals("--")) {
                arguments.addAll(words.subList(at, words.size()));
                break;
            }
            if (word.length() > 1 && word.startsWith("-")) {
                String next = at < words.size() ? words.get(at) : null;
                if (parseOptions(word.substring(1), next)) {
                    at++;
                }
            } else {
                arguments.add(word);
            }
        }
        checkCount();
        return new Arguments(values, arguments);
    }

    /// Whether the next word was taken as a value.
    private boolean parseOptions(String letters, @Nullable String next) {
        Option whole = find(letters);
        if (whole != null) {
            return take(whole, "", next);
        }
        int equals = letters.indexOf('=');
        Option assigned = equals < 0 ? null : find(letters.substring(0, equals));
        if (assigned != null && assigned.valueMayLack()) {
            values.computeIfAbsent(assigned, o -> new ArrayList<>()).add(letters.substring(equals + 1));
            return false;
        }
        if (Character.isDigit(letters.charAt(0)) && find(letters.substring(0, 1)) == null) {
            arguments.add("-" + letters);
            return false;
        }
        for (int i = 0; i < letters.length(); i++) {
            Option option = find(letters.substring(i, i + 1));
            if (option == null) {
                throw usage("invalid option -- '" + letters.charAt(i) + "'");
            }
            if (option.takesValue()) {
                return take(option, letters.substring(i + 1), next);
            }
            take(option, "", next);
        }
        return false;
    }

    private @Nullable Option find(String name) {
        for (Option option : declaration.options()) {
            if (option.name().equals(name)) {
                return option;
            }
        }
        return name.equals(Option.JSON.name()) ? Option.JSON : null;
    }

    private boolean take(Option option, String attached, @Nullable String next) {
        List<String> given = values.computeIfAbsent(option, o -> new ArrayList<>());
        if (!option.takesValue()) {
            given.add("");
            return false;
        }
        if (!attached.isEmpty()) {
            given.add(attached);
            return false;
        }
        if (next == null) {
            throw usage("option -" + option.name() + " requires an argument: " + option.value());
        }
        given.add(next);
        return true;
    }

    private void checkCount() {
        if (arguments.size() < declaration.least()) {
            throw usage("an argument is missing: " + declaration.argument());
        }
        if (arguments.size() > declaration.most()) {
            throw usage("invalid argument: " + arguments.get(declaration.most()));
        }
    }

    private UsageException usage(String mistake) {
        return new UsageException(mistake + "\nUsage: " + declaration.synopsis() + "\nEnter \"help "
                + declaration.name() + "\" for details.");
    }
}
