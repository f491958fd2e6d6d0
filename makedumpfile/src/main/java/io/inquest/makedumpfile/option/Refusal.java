package io.inquest.makedumpfile.option;

import java.util.List;

/// Why a command line is not accepted, as it is to be told.
///
/// @param getoptLine what getopt says on standard error whatever the message level, empty if it says nothing
/// @param lines messages of the common kind
/// @param hint whether the two lines that point to `--help` follow
/// @param closing whether the empty line and "makedumpfile Failed." follow
/// @param messageLevel the level in force when the mistake was met
/// @param stdoutTaken whether `-F` had been met
public record Refusal(
        String getoptLine, List<String> lines, boolean hint, boolean closing, int messageLevel, boolean stdoutTaken) {

    /// Carries a refusal out of the parser.
    public static final class RefusedException extends Exception {

        private static final long serialVersionUID = 1L;

        private final transient Refusal refusal;

        RefusedException(Refusal refusal) {
            super(refusal.toString());
            this.refusal = refusal;
        }

        public Refusal refusal() {
            return refusal;
        }
    }
}
