package io.inquest.cli;

/// Runs the commands whose start should be fast, once each, while the JVM records what they load.
///
/// `scripts/make-runtime` starts this to make the AOT cache of `inquest`; nobody else does.
final class Training {

    private Training() {}

    public static void main(String[] args) {
        Main.run("--help");
        Main.run("--version");
    }
}
