package io.inquest.capture.config;

/// Which kernel captures.
public sealed interface KernelChoice {

    /// The one that runs.
    record Running() implements KernelChoice {

        @Override
        public String toString() {
            return "running";
        }
    }

    /// The installed one of this release, as `uname -r` prints it.
    record Release(String release) implements KernelChoice {

        @Override
        public String toString() {
            return release;
        }
    }

    record Image(AbsolutePath file) implements KernelChoice {

        @Override
        public String toString() {
            return file.text();
        }
    }
}
