package io.inquest.capture.config;

/// A program that packs the finished dump as a whole (Debian's `KDUMP_COMPRESSION`); readers need it unpacked again.
public enum FilePacking {
    NONE("no"),
    BZIP2("bzip2"),
    GZIP("gzip"),
    LZ4("lz4"),
    XZ("xz");

    private final String word;

    FilePacking(String word) {
        this.word = word;
    }

    public String word() {
        return word;
    }
}
