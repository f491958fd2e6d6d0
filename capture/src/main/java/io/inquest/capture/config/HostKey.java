package io.inquest.capture.config;

/// The public key of an ssh server.
///
/// @param host the server it belongs to, [#EACH] for any
/// @param type such as `ssh-ed25519`
/// @param base64 the key as `known_hosts` has it
public record HostKey(String host, String type, String base64) {

    /// Stands for each host.
    public static final String EACH = "*";

    @Override
    public String toString() {
        return host + " " + type + " " + base64;
    }
}
