package io.inquest.capture.collect;

/// What a dump that was read back was compared with.
public enum Proof {
    /// The checksum of the bytes as they were written.
    WRITTEN_BYTES("the sha256 of what was written"),
    /// The checksums that the dump has behind its data, made of it as it was written.
    TRAILER("the checksums behind the dump"),
    /// Nothing of it tells; but each page of it can be unpacked.
    PAGES("its pages, each of which unpacks"),
    /// Another program wrote it.
    NONE("nothing, since another program wrote it");

    private final String words;

    Proof(String words) {
        this.words = words;
    }

    public String words() {
        return words;
    }
}
