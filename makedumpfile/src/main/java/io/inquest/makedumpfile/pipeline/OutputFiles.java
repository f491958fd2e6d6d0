package io.inquest.makedumpfile.pipeline;

import io.inquest.dump.DumpException;
import io.inquest.dump.io.ByteSink;
import io.inquest.dump.io.FileSink;
import io.inquest.dump.io.GivenName;
import io.inquest.dump.io.InputFiles;
import io.inquest.dump.io.OwnerFile;
import io.inquest.makedumpfile.option.Options;
import io.inquest.makedumpfile.option.Options.Overwriting;
import io.inquest.makedumpfile.option.Options.Transport;
import io.inquest.makedumpfile.option.Task;
import java.io.IOException;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;

/// Makes the files that are written to.
final class OutputFiles {

    /// As an operand: standard output instead of a file.
    static final String STDOUT = "-";

    private OutputFiles() {}

    /// Refuses what cannot be written and what must not be lost, before anything is read or touched: what
    /// is there, unless it is to be replaced; what is read; links, folders, and pipes unless all is written
    /// in order; a file that is named twice, or by a name that Java cannot use. Into a device such as
    /// `/dev/null` several outputs may go.
    static void check(Options options) throws IOException {
        for (String input : options.inputs()) {
            InputFiles.add(GivenName.path(input));
        }
        if (options.task() == Task.REARRANGE) {
            InputFiles.addStandardInput();
        }
        Set<Path> names = new HashSet<>();
        for (String file : options.outputs()) {
            Path path = GivenName.path(file);
            check(file, options);
            boolean isFile = Files.isRegularFile(path) || !Files.exists(path);
            if (isFile && !names.add(path.toAbsolutePath().normalize())) {
                throw new CommandFailure("makedumpfile: " + file + " is named for two outputs");
            }
        }
        if (options.outputs().isEmpty()) {
            checkStandardOutput();
        }
    }

    private static void check(String file, Options options) throws CommandFailure {
        if (options.task() == Task.SAVE_LOG && file.equals(STDOUT)) {
            checkStandardOutput();
            return;
        }
        Path path = Path.of(file);
        if (options.output().overwriting() == Overwriting.REFUSE && Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            throw new CommandFailure(
                    "check_dump_file: Can't open the dump file (" + file + "). File exists",
                    new DumpException(file + ": exists already"));
        }
        Transport transport = options.output().transport();
        if (transport == Transport.NOWHERE) {
            return;
        }
        boolean inOrder = options.task() == Task.SAVE_LOG
                || options.task() == Task.GENERATE
                || transport == Transport.FLATTENED_FILE;
        try {
            if (inOrder) {
                OwnerFile.checkMayReplace(path);
            } else {
                FileSink.checkMayOverwrite(path);
            }
        } catch (IOException refused) {
            throw cannotOpen(file, refused);
        }
    }

    /// As `-F VMCORE >> VMCORE` would have it.
    private static void checkStandardOutput() throws CommandFailure {
        try {
            InputFiles.refuseStandardOutput();
        } catch (DumpException same) {
            throw cannotOpen(Creation.STDOUT, same);
        }
    }

    static FileSink create(String file, Overwriting overwriting) throws CommandFailure {
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
