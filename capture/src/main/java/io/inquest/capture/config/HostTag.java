package io.inquest.capture.config;

/// What the name of a dump's folder says of the machine.
public enum HostTag {
    /// Its address in the network.
    ADDRESS("ip"),
    NAME("hostname");

    private final String word;

    HostTag(String word) {
        this.word = word;
    }

    public String word() {
        return word;
    }
}
