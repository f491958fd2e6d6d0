package io.inquest.makedumpfile.pipeline;

import io.inquest.makedumpfile.option.Options;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Whether pages have room at the target as they are. If not, a dump that would fit packed must not fail for haste.
final class TargetRoom {

    private TargetRoom() {}

    /// Whether the size limit and the disk of a file leave so many bytes; streams and devices have no known size.
    static boolean isFor(long bytes, String file, Options options) {
        if (bytes > options.output().limitBytes().orElse(Long.MAX_VALUE)) {
            return false;
        }
        if (options.output().transport() == Options.Transport.FLATTENED || !Files.isRegularFile(Path.of(file))) {
            return true;
        }
        try {
            return bytes <= Files.getFileStore(Path.of(file)).getUsableSpace();
        } catch (IOException notTold) {
            return false;
        }
    }
}
