package io.inquest.kdump.plan;

/// How the capture ends.
public enum Ending {
    REBOOT("reboot"),
    HALT("halt"),
    POWEROFF("poweroff"),
    SHELL("shell");

    private final String word;

    Ending(String word) {
        this.word = word;
    }

    public String word() {
        return word;
    }
}
