package io.inquest.capture.journal;

/// How a step of the act stands.
public enum Result {
    BEGUN("begun"),
    DONE("done"),
    /// Something of it is there, and something is missing.
    PARTLY("partly"),
    SKIPPED("skipped"),
    FAILED("failed");

    private final String word;

    Result(String word) {
        this.word = word;
    }

    public String word() {
        return word;
    }
}
