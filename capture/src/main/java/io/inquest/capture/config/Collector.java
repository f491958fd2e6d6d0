package io.inquest.capture.config;

import java.util.List;

/// What makes the dump out of the crashed kernel's memory.
public sealed interface Collector {

    /// Our own makedumpfile.
    ///
    /// @param options without `-F`, which the target decides: a stream is flattened, a file is not
    record Makedumpfile(List<String> options) implements Collector {

        public Makedumpfile {
            options = List.copyOf(options);
        }

        @Override
        public String toString() {
            return options.isEmpty() ? "makedumpfile" : "makedumpfile " + String.join(" ", options);
        }
    }

    /// A command of the user's, which runs as given.
    ///
    /// @param words its name and arguments; at least one
    record Command(List<String> words) implements Collector {

        public Command {
            words = List.copyOf(words);
        }

        @Override
        public String toString() {
            return String.join(" ", words);
        }
    }

    /// All memory, as it is.
    record Copy() implements Collector {

        @Override
        public String toString() {
            return "(copy)";
        }
    }

    /// No memory, the log alone.
    record LogOnly() implements Collector {

        @Override
        public String toString() {
            return "(log only)";
        }
    }
}
