package io.inquest.makedumpfile.pipeline;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/// The file that `--config` names.
final class EraseConfigFile {

    private static final int MOST_BYTES = 1 << 20;

    private EraseConfigFile() {}

    static String read(String file) throws CommandFailure {
        try {
            Path path = Path.of(file);
            if (Files.size(path) > MOST_BYTES) {
                throw new CommandFailure("get_config: " + file + " is larger than any configuration: expected at most "
                        + MOST_BYTES + " bytes");
            }
            return Files.readString(path, StandardCharsets.ISO_8859_1);
        } catch (CommandFailure told) {
            throw told;
        } catch (IOException failure) {
            throw new CommandFailure(
                    "get_config: Can't open config file(" + file + "). " + CommandFailure.reason(failure));
        }
    }
}
