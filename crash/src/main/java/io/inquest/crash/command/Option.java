package io.inquest.crash.command;

import org.jspecify.annotations.Nullable;

/// An option of a command, with one dash as in crash. Those of one letter may be written together: `-aAk`.
///
/// @param name without the dash: one letter, or a word that is written alone, such as `16` or `panic`
/// @param value what its value is called in help; null for one that takes none
/// @param help what it does, in a few words
public record Option(String name, @Nullable String value, String help) {

    /// Every command has it.
    public static final Option JSON = new Option("-json", null, "answer in JSON");

    /// An option that is there or not; given twice (`-FF`) it may mean more, see [Arguments#count].
    public static Option flag(String name, String help) {
        return new Option(name, null, help);
    }

    /// An option with a value: `-C 0,2-3` or `-C0,2-3`.
    public static Option value(String name, String value, String help) {
        return new Option(name, value, help);
    }

    boolean takesValue() {
        return value != null;
    }

    /// As it is written: `-C cpus`.
    public String spelled() {
        return "-" + name + (value == null ? "" : " " + value);
    }
}
