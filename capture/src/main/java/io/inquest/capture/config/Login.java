package io.inquest.capture.config;

/// An account on a server, `user@host`.
public record Login(String user, Server server) {

    @Override
    public String toString() {
        return user + "@" + server;
    }
}
