package io.inquest.capture.journal;

/// A part of the act.
public enum Step {
    START("start"),
    FENCE("fence"),
    TRANSFER("transfer"),
    PRE("pre"),
    TARGET("target"),
    FOLDER("folder"),
    LOG("log"),
    REPORT("report"),
    DUMP("dump"),
    VERIFY("verify"),
    MANIFEST("manifest"),
    RETAIN("retain"),
    POST("post"),
    EMERGENCY("emergency"),
    END("end");

    private final String word;

    Step(String word) {
        this.word = word;
    }

    public String word() {
        return word;
    }
}
