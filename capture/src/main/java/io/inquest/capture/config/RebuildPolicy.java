package io.inquest.capture.config;

/// When the capture image is made anew.
public enum RebuildPolicy {
    WHEN_CHANGED("when something changed"),
    ALWAYS("always"),
    NEVER("never");

    private final String word;

    RebuildPolicy(String word) {
        this.word = word;
    }

    public String word() {
        return word;
    }
}
