package io.inquest.dump.io;

import io.inquest.dump.DumpException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// The files and disks that one command reads, as the system knows them: whatever name another one has for
/// a file that was read, link or not, it must neither be removed nor written to, also when it has been
/// closed again.
///
/// They belong to the command for as long as [#remember] runs, so that the next command of the same process
/// may write what this one read. Outside of it nothing is remembered, and nothing refused.
public final class InputFiles {

    private static final Path STANDARD_INPUT = Path.of("/proc/self/fd/0");
    private static final Path STANDARD_OUTPUT = Path.of("/proc/self/fd/1");

    /// A scope and no parameter: who opens a debug file and who writes an answer do not know each other,
    /// and one of them that forgot to pass it on would lose somebody's dump.
    private static final ScopedValue<Set<Object>> OF_COMMAND = ScopedValue.newInstance();

    private record Disk(Object number) {}

    private InputFiles() {}

    /// Runs `command` and remembers what it reads until it returns. A command that another one runs is a
    /// part of it.
    public static <R, X extends Throwable> R remember(ScopedValue.CallableOp<? extends R, X> command) throws X {
        return OF_COMMAND.isBound()
                ? command.call()
                : ScopedValue.where(OF_COMMAND, ConcurrentHashMap.newKeySet()).call(command);
    }

    /// Tells that `input` is read. [FileSource] does; who reads a file otherwise, or knows that he will,
    /// has to. A name that leads to nothing is none.
    public static void add(Path input) {
        if (OF_COMMAND.isBound()) {
            key(input).ifPresent(OF_COMMAND.get()::add);
        }
    }

    /// Tells that standard input is read, which may come from a file.
    public static void addStandardInput() {
        add(STANDARD_INPUT);
    }

    /// Throws if `output` is one of them.
    public static void refuse(Path output) throws DumpException {
        refuse(output, output.toString());
    }

    /// Throws if standard output goes into one of them.
    public static void refuseStandardOutput() throws DumpException {
        refuse(STANDARD_OUTPUT, "standard output");
    }

    private static void refuse(Path output, String name) throws DumpException {
        if (OF_COMMAND.isBound()
                && key(output).filter(OF_COMMAND.get()::contains).isPresent()) {
            throw new DumpException(
                    name + ": is the input itself, which would be lost; give another name for what is to be written");
        }
    }

    /// What names a file or disk, whatever its path; nothing for all else, which cannot be lost.
    private static Optional<Object> key(Path path) {
        try {
            BasicFileAttributes file = Files.readAttributes(path, BasicFileAttributes.class);
            if (file.isOther() && FileType.of(path) == FileType.BLOCK_DEVICE) {
                return Optional.of(new Disk(Files.getAttribute(path, "unix:rdev")));
            }
            return file.isRegularFile() ? Optional.ofNullable(file.fileKey()) : Optional.empty();
        } catch (IOException gone) {
            return Optional.empty();
        }
    }
}
