package io.inquest.makedumpfile.pipeline;

import io.inquest.dump.DumpException;
import io.inquest.dump.io.ByteSink;
import io.inquest.dump.io.FileSink;
import io.inquest.dump.io.OwnerFile;
import io.inquest.makedumpfile.option.Options.Overwriting;
import java.io.IOException;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Makes the files that are written to.
final class OutputFiles {

    /// As an operand: standard output instead of a file.
    static final String STDOUT = "-";

    private OutputFiles() {}

    /// Refuses a file that is there, before any work is done for it.
    static void checkMayWrite(String file, Overwriting overwriting) throws CommandFailure {
        if (overwriting == Overwriting.REFUSE
                && !file.equals(STDOUT)
                && Files.exists(Path.of(file), LinkOption.NOFOLLOW_LINKS)) {
            throw new CommandFailure(
                    "check_dump_file: Can't open the dump file (" + file + "). File exists",
                    new DumpException(file + ": exists already"));
        }
    }

    /// Refuses what the opened input is read from, and a file that is named twice, before anything is touched. Into a
    /// device such as `/dev/null` several outputs may go.
    static void checkOthers(List<String> files) throws CommandFailure {
        Set<Path> names = new HashSet<>();
        for (String file : files) {
            Path path = Path.of(file);
            boolean isFile = Files.isRegularFile(path) || !Files.exists(path);
            if (isFile && !names.add(path.toAbsolutePath().normalize())) {
                throw new CommandFailure("makedumpfile: " + file + " is named for two outputs");
            }
            try {
                OwnerFile.refuseInput(path);
            } catch (IOException same) {
                throw cannotOpen(file, same);
            }
        }
    }

    static ByteSink create(String file, Overwriting overwriting) throws CommandFailure {
        try {
            Path path = Path.of(file);
            return overwriting == Overwriting.ALLOW ? FileSink.overwrite(path) : FileSink.create(path);
        } catch (IOException failure) {
            throw cannotOpen(file, failure);
        }
    }

    /// A text, which may go into a pipe.
    static ByteSink text(String file, Overwriting overwriting) throws CommandFailure {
        try {
            Path path = Path.of(file);
            return overwriting == Overwriting.ALLOW ? FileSink.overwriteInOrder(path) : FileSink.create(path);
        } catch (IOException failure) {
            throw cannotOpen(file, failure);
        }
    }

    /// A file that is only written from its begin to its end.
    static WritableByteChannel stream(String file, Overwriting overwriting) throws CommandFailure {
        try {
            Path path = Path.of(file);
            return overwriting == Overwriting.ALLOW ? OwnerFile.replace(path) : OwnerFile.create(path);
        } catch (IOException failure) {
            throw cannotOpen(file, failure);
        }
    }

    private static CommandFailure cannotOpen(String file, IOException failure) {
        return new CommandFailure(
                "open_dump_file: Can't open the dump file(" + file + "). " + CommandFailure.reason(failure), failure);
    }

    /// Removes the file of an earlier attempt. A device or a FIFO stays, and is written again.
    static void delete(String file) throws IOException {
        Path path = Path.of(file);
        if (Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
            Files.delete(path);
        }
    }
}
