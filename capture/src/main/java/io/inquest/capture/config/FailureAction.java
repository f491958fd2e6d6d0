package io.inquest.capture.config;

/// What follows when no target took the dump.
public sealed interface FailureAction {

    record Known(Kind kind) implements FailureAction {

        @Override
        public String toString() {
            return kind.word();
        }
    }

    /// A command line for a shell.
    record Command(String line) implements FailureAction {

        @Override
        public String toString() {
            return line;
        }
    }

    /// Actions that have a name.
    enum Kind {
        REBOOT("reboot"),
        HALT("halt"),
        POWEROFF("poweroff"),
        SHELL("shell"),
        DUMP_TO_ROOTFS("dump_to_rootfs");

        private final String word;

        Kind(String word) {
            this.word = word;
        }

        public String word() {
            return word;
        }
    }
}
