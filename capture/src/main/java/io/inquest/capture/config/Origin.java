package io.inquest.capture.config;

/// Where a value of the configuration came from.
public sealed interface Origin {

    /// No file says anything; it is so unless one does.
    record Default() implements Origin {

        @Override
        public String toString() {
            return "default";
        }
    }

    /// A line of a file.
    ///
    /// @param file the file's name, as messages are to show it
    /// @param line counted from 1
    record Line(String file, int line) implements Origin {

        @Override
        public String toString() {
            return file + ":" + line;
        }
    }
}
