package io.inquest.crash.command;

import org.jspecify.annotations.Nullable;

/// An option of a command, with one dash as in crash. Those of one letter may be written together: `-aAk`.
///
/// @param name without the dash: one letter, or a word that is written alone, such as `16` or `panic`
/// @param value what its value is called in help; null for one that takes none
/// @param valueMayLack whether the value may be left out, and if not is written behind an equals sign: `-S=0-3`
/// @param help what it does, in a few words
public record Option(String name, @Nullable String value, boolean valueMayLack, String help) {

    /// Every command has it.
    public static final Option JSON = new Option("-json", null, false, "answer in JSON");

    /// An option that is there or not; given twice (`-FF`) it may mean more, see [Arguments#count].
    public static Option flag(String name, String help) {
        return new Option(name, null, false, help);
    }

    /// An option with a value: `-C 0,2-3` or `-C0,2-3`.
    public static Option value(String name, String value, String help) {
        return new Option(name, value, false, help);
    }

    /// An option that may have a value: `-S` or `-S=0,2-3`.
    public static Option flagOrValue(String name, String value, String help) {
        return new Option(name, value, true, help);
    }

    boolean takesValue() {
        return value != null && !valueMayLack;
    }

    /// As it is written: `-C cpus`, `-S[=cpus]`.
    public String spelled() {
        if (value == null) {
            return "-" + name;
        }
        return "-" + name + (valueMayLack ? "[=" + value + "]" : " " + value);
    }
}
