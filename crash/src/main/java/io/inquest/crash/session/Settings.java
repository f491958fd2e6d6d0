package io.inquest.crash.session;

import java.util.EnumMap;
import java.util.Map;

/// What `set` changes: variables that last for the session.
public final class Settings {

    private final Map<Variable, String> values = new EnumMap<>(Variable.class);
    private boolean staleCalls;

    Settings() {}

    /// The value of a variable as it was set, or as it is from the start.
    public String value(Variable variable) {
        return values.getOrDefault(variable, variable.initial());
    }

    /// Sets a variable to a value that the caller has checked.
    public void set(Variable variable, String value) {
        values.put(variable, value);
    }

    private boolean isOn(Variable variable) {
        return value(variable).equals("on");
    }

    private void set(Variable variable, boolean on) {
        set(variable, on ? "on" : "off");
    }

    /// Whether numbers of C types come out in hexadecimal: `set radix 16`, `hex`.
    public boolean isHexadecimal() {
        return value(Variable.RADIX).equals("16");
    }

    public void setHexadecimal(boolean hexadecimal) {
        set(Variable.RADIX, hexadecimal ? "16" : "10");
    }

    /// Whether long answers go through a pager on a terminal.
    public boolean isScroll() {
        return !value(Variable.SCROLL).equals("off");
    }

    public void setScroll(boolean scroll) {
        set(Variable.SCROLL, scroll);
    }

    /// Whether there is no banner.
    public boolean isSilent() {
        return isOn(Variable.SILENT);
    }

    public void setSilent(boolean silent) {
        set(Variable.SILENT, silent);
    }

    /// Elements of an array or a text that are shown.
    public int mostElements() {
        return Integer.parseInt(value(Variable.PRINT_MAX));
    }

    /// Whether a text in an array of characters ends at its first NUL.
    public boolean isNullStop() {
        return isOn(Variable.NULL_STOP);
    }

    /// Whether `bt` shows all words that point into code, as `bt -o` does: toggled by `bt -O`.
    public boolean isStaleCalls() {
        return staleCalls;
    }

    public void setStaleCalls(boolean staleCalls) {
        this.staleCalls = staleCalls;
    }
}
