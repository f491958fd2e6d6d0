package io.inquest.capture.config.read;

import io.inquest.capture.config.AbsolutePath;
import io.inquest.capture.config.Origin;
import io.inquest.capture.config.Setting;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// One name and its value in a file, and where they stand. The methods read the value as what it must be, or refuse it
/// with a sentence that says what would be right.
///
/// @param name a directive or a variable
/// @param value without comment, quotes and blanks around it
record Entry(String name, String value, Origin.Line at) {

    <T> Setting<T> as(T meaning) {
        return new Setting<>(meaning, at);
    }

    /// Nothing where the value is empty: a variable that is set to nothing is as good as not set.
    Setting<Optional<String>> asText() {
        return as(value.isEmpty() ? Optional.empty() : Optional.of(value));
    }

    Refused refused(String expected) {
        return new Refused(name + " is '" + value + "'; " + expected);
    }

    AbsolutePath absolutePath() throws Refused {
        Optional<AbsolutePath> path = AbsolutePath.of(value);
        if (path.isEmpty()) {
            throw refused("it must be an absolute path without '..'");
        }
        return path.get();
    }

    Optional<AbsolutePath> absolutePathOrNone() throws Refused {
        return value.isEmpty() ? Optional.empty() : Optional.of(absolutePath());
    }

    List<String> words() {
        return Words.split(value);
    }

    /// Words, each of which must be an absolute path.
    List<String> absolutePaths() throws Refused {
        for (String word : words()) {
            if (AbsolutePath.of(word).isEmpty()) {
                throw new Refused(name + " names '" + word + "'; each must be an absolute path without '..'");
            }
        }
        return words();
    }

    /// A decimal number within bounds.
    int number(int least, int most) throws Refused {
        int number = Numbers.decimal(value);
        if (number < least || number > most) {
            throw refused("it must be a number from " + least + " to " + most);
        }
        return number;
    }

    boolean yesOrNo() throws Refused {
        return switch (value) {
            case "yes" -> true;
            case "no" -> false;
            default -> throw refused("it must be yes or no");
        };
    }

    boolean zeroOrOne() throws Refused {
        return switch (value) {
            case "1" -> true;
            case "0" -> false;
            default -> throw refused("it must be 0 or 1");
        };
    }

    /// Names of kernel modules.
    List<String> moduleNames() throws Refused {
        List<String> names = new ArrayList<>();
        for (String word : words()) {
            for (int i = 0; i < word.length(); i++) {
                char c = word.charAt(i);
                if (!(c < 0x80 && Character.isLetterOrDigit(c)) && c != '_' && c != '-') {
                    throw new Refused(name + " names '" + word
                            + "'; a module's name has letters, digits, '_' and '-', and neither folder nor '.ko'");
                }
            }
            names.add(word);
        }
        return names;
    }
}
