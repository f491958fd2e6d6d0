package io.inquest.crash.session;

/// What `set` changes: variables that last for the session.
public final class Settings {

    private boolean hexadecimal;
    private boolean scroll = true;
    private boolean silent;
    private boolean staleCalls;

    Settings() {}

    /// Whether numbers of C types come out in hexadecimal: `set radix 16`, `hex`.
    public boolean isHexadecimal() {
        return hexadecimal;
    }

    public void setHexadecimal(boolean hexadecimal) {
        this.hexadecimal = hexadecimal;
    }

    /// Whether long answers go through a pager on a terminal.
    public boolean isScroll() {
        return scroll;
    }

    public void setScroll(boolean scroll) {
        this.scroll = scroll;
    }

    /// Whether `bt` shows all words that point into code, as `bt -o` does: toggled by `bt -O`.
    public boolean isStaleCalls() {
        return staleCalls;
    }

    public void setStaleCalls(boolean staleCalls) {
        this.staleCalls = staleCalls;
    }

    /// Whether there is no banner.
    public boolean isSilent() {
        return silent;
    }

    public void setSilent(boolean silent) {
        this.silent = silent;
    }
}
