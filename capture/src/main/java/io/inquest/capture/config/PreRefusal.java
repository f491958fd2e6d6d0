package io.inquest.capture.config;

/// What it leads to that the hook before the dump exits with another status than 0.
public enum PreRefusal {
    /// The dump is saved all the same.
    DUMP("dump"),
    /// There is no dump; the final action follows.
    SKIP("skip");

    private final String word;

    PreRefusal(String word) {
        this.word = word;
    }

    public String word() {
        return word;
    }
}
