package io.inquest.capture.config;

/// What ends the capture.
public enum FinalAction {
    REBOOT("reboot"),
    HALT("halt"),
    POWEROFF("poweroff"),
    /// SUSE's alone, `KDUMP_IMMEDIATE_REBOOT=false`.
    SHELL("shell");

    private final String word;

    FinalAction(String word) {
        this.word = word;
    }

    public String word() {
        return word;
    }
}
