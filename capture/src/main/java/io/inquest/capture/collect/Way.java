package io.inquest.capture.collect;

import java.util.List;

/// A way to make the dump.
public sealed interface Way {

    /// Our makedumpfile, with these options.
    record Filtered(List<String> options) implements Way {

        public Filtered {
            options = List.copyOf(options);
        }

        @Override
        public String toString() {
            return options.isEmpty() ? "makedumpfile" : "makedumpfile " + String.join(" ", options);
        }
    }

    /// Another program, which is told where memory is and, where the target is a folder, what file to write.
    record ByProgram(List<String> words) implements Way {

        public ByProgram {
            words = List.copyOf(words);
        }

        @Override
        public String toString() {
            return String.join(" ", words);
        }
    }

    /// All memory, as it is.
    record Copied() implements Way {

        @Override
        public String toString() {
            return "copying all memory";
        }
    }
}
