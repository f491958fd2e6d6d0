package io.inquest.kernel.dwarf;

import io.inquest.dump.io.ByteSource;
import java.io.IOException;
import java.util.Optional;

/// Where the other files that a debug file names come from; the kernel module knows no files.
public interface SupplementaryFiles {

    /// Has none.
    SupplementaryFiles NONE = new SupplementaryFiles() {
        @Override
        public Optional<ByteSource> alternate(String name, String buildId) {
            return Optional.empty();
        }

        @Override
        public Optional<ByteSource> split(String directory, String name) {
            return Optional.empty();
        }

        @Override
        public Optional<ByteSource> splitPackage() {
            return Optional.empty();
        }
    };

    /// The file that dwz moved common entries to (`.gnu_debugaltlink`), by its name, which may be relative to the
    /// debug file, and its build id (hexadecimal digits).
    Optional<ByteSource> alternate(String name, String buildId) throws IOException;

    /// The `.dwo` file of a unit compiled with `-gsplit-dwarf`, by the directory of compilation and the name
    /// relative to it. Whoever asks closes it.
    Optional<ByteSource> split(String directory, String name) throws IOException;

    /// The `.dwp` file beside the debug file, which holds all `.dwo` files.
    Optional<ByteSource> splitPackage() throws IOException;
}
