package io.inquest.crash.session;

import java.util.List;
import java.util.Optional;

/// The variables of a session, as crash names them.
///
/// Some have no meaning for a program that is not crash; they are accepted, as scripts set them, and `set` says
/// why they change nothing.
public enum Variable {
    SCROLL("scroll", "on", "on off less more CRASHPAGER", ""),
    RADIX("radix", "10", "10 16", ""),
    REFRESH("refresh", "on", Words.ON_OFF, "the tasks of a dead kernel do not change"),
    PRINT_MAX("print_max", "256", Words.NUMBER, ""),
    PRINT_ARRAY("print_array", "off", Words.ON_OFF, "arrays stand on one line"),
    CONSOLE("console", "(not assigned)", Words.ANY, "there are no messages for a console"),
    DEBUG("debug", "0", Words.NUMBER, "there are no messages for debugging"),
    CORE("core", "off", Words.ON_OFF, "an error message leaves no core file"),
    HASH("hash", "on", Words.ON_OFF, "every walk notices when it comes back to where it was"),
    SILENT("silent", "off", Words.ON_OFF, ""),
    EDIT("edit", "emacs", "emacs vi", ""),
    ZERO_EXCLUDED("zero_excluded", "off", Words.ON_OFF, "memory that the dump does not hold is never shown as zeros"),
    NULL_STOP("null-stop", "off", Words.ON_OFF, ""),
    GDB("gdb", "off", Words.ON_OFF, "no gdb is asked"),
    SCOPE("scope", "0", Words.ANY, "types are looked for in all of the kernel"),
    OFFLINE("offline", "show", "show hide", "what CPUs that are offline left behind is always shown"),
    REDZONE("redzone", "on", Words.ON_OFF, "objects begin where the kernel says that they do"),
    ERROR("error", "default", Words.ANY, "errors go to standard error");

    private final String word;
    private final String initial;
    private final String choices;
    private final String withoutEffect;

    Variable(String word, String initial, String choices, String withoutEffect) {
        this.word = word;
        this.initial = initial;
        this.choices = choices;
        this.withoutEffect = withoutEffect;
    }

    /// What several of them may be, with blanks between the words.
    private static final class Words {
        static final String ON_OFF = "on off";
        static final String NUMBER = "NUMBER";
        static final String ANY = "";
    }

    /// As it is written.
    public String word() {
        return word;
    }

    String initial() {
        return initial;
    }

    /// What it may be; empty for any word or number.
    public List<String> choices() {
        return choices.isEmpty() || isNumber() ? List.of() : List.of(choices.split(" ", -1));
    }

    /// Whether it is a number, in decimal.
    public boolean isNumber() {
        return choices.equals(Words.NUMBER);
    }

    /// Why it changes nothing, a clause; "" for one that does.
    public String withoutEffect() {
        return withoutEffect;
    }

    public static Optional<Variable> named(String word) {
        for (Variable variable : Variable.values()) {
            if (variable.word.equals(word)) {
                return Optional.of(variable);
            }
        }
        return Optional.empty();
    }
}
