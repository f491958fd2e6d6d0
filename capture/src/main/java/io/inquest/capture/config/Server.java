package io.inquest.capture.config;

/// A machine in the network: its name, or its address without brackets.
public record Server(String host) {

    /// As it stands before a colon: an IPv6 address in brackets.
    public String bracketed() {
        return host.indexOf(':') >= 0 ? "[" + host + "]" : host;
    }

    @Override
    public String toString() {
        return host;
    }
}
