package io.inquest.capture.config;

/// When the report of the death is made.
public enum ReportTime {
    /// Before the dump, so that a full disk or a dead network leaves an answer.
    FIRST("first"),
    AFTER("after"),
    NEVER("no");

    private final String word;

    ReportTime(String word) {
        this.word = word;
    }

    public String word() {
        return word;
    }
}
