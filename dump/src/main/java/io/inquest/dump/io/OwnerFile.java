package io.inquest.dump.io;

import io.inquest.dump.DumpException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/// Makes the files that memory of a machine is written to: they are its owner's alone (mode 0600), and are
/// what their name says.
///
/// | What is there already | [#create]   | [#replace]              | [#append]          | [#modify]          |
/// |-----------------------|-------------|-------------------------|--------------------|--------------------|
/// | nothing               | a new file  | a new file              | a new file         | refused            |
/// | a file                | refused     | removed, and a new file | written at its end | written in places  |
/// | a symbolic link       | refused     | refused                 | refused            | refused            |
/// | a device, a FIFO      | refused     | written to              | written to         | written to         |
/// | a folder              | refused     | refused                 | refused            | refused            |
/// | what the command read | refused     | refused                 | refused            | refused            |
///
/// So nobody can choose, by what he leaves in a folder that others may write to, where a dump goes or who
/// may read it; and no command loses what it reads ([InputFiles]). Links of the system itself are followed,
/// such as `/dev/stdout` or `/dev/disk/by-id/…`, and never removed.
public final class OwnerFile {

    private static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY = PosixFilePermissions.asFileAttribute(
            EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE));

    private OwnerFile() {}

    /// Makes a new file. Throws a [java.nio.file.FileAlreadyExistsException] if anything of that name is
    /// there.
    public static FileChannel create(Path path) throws IOException {
        return FileChannel.open(path, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), OWNER_ONLY);
    }

    /// Throws what [#replace] would for what has that name now, and touches nothing: for those who want to
    /// know before they begin to work. Also when its folder is missing, is none, or takes no files.
    public static void checkMayReplace(Path path) throws IOException {
        Path folder = path.toAbsolutePath().getParent();
        Optional<BasicFileAttributes> there = there(path);
        boolean isMade = there.isEmpty() || there.get().isRegularFile();
        if (isMade && folder != null) {
            checkTakesFiles(folder, path);
        }
    }

    private static void checkTakesFiles(Path folder, Path path) throws IOException {
        if (!Files.exists(folder)) {
            throw new NoSuchFileException(path.toString());
        }
        if (!Files.isDirectory(folder)) {
            throw new FileSystemException(path.toString(), null, "Not a directory");
        }
        if (!Files.isWritable(folder)) {
            if (Files.getFileStore(folder).isReadOnly()) {
                throw new FileSystemException(path.toString(), null, "Read-only file system");
            }
            throw new AccessDeniedException(path.toString());
        }
    }

    /// Makes a new file instead of the one that is there, if one is.
    public static FileChannel replace(Path path) throws IOException {
        Optional<BasicFileAttributes> there = there(path);
        if (there.isPresent() && (there.get().isOther() || Files.isSymbolicLink(path))) {
            return special(path);
        }
        if (there.isPresent()) {
            Files.delete(path);
        }
        return create(path);
    }

    /// Goes on at the end of the file that is there, or makes a new one.
    public static FileChannel append(Path path) throws IOException {
        Optional<BasicFileAttributes> there = there(path);
        if (there.isEmpty()) {
            return create(path);
        }
        if (Files.isSymbolicLink(path)) {
            return FileChannel.open(path, StandardOpenOption.APPEND);
        }
        return there.get().isOther()
                ? special(path)
                : FileChannel.open(path, StandardOpenOption.APPEND, LinkOption.NOFOLLOW_LINKS);
    }

    /// Writes here and there to the file or device that is there.
    public static FileChannel modify(Path path) throws IOException {
        if (there(path).isEmpty()) {
            throw new NoSuchFileException(path.toString());
        }
        return special(path);
    }

    private static FileChannel special(Path path) throws IOException {
        return isOfSystem(path)
                ? FileChannel.open(path, StandardOpenOption.WRITE)
                : FileChannel.open(path, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
    }

    /// What has that name. A folder is refused, and a link that is not the system's.
    private static Optional<BasicFileAttributes> there(Path path) throws IOException {
        InputFiles.refuse(path);
        try {
            BasicFileAttributes named =
                    Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            if (named.isDirectory()) {
                throw new FileSystemException(path.toString(), null, "Is a directory");
            }
            if (!named.isSymbolicLink()) {
                return Optional.of(named);
            }
            if (!isOfSystem(path)) {
                throw new DumpException(path + ": is a symbolic link, through which nothing is written; give the file"
                        + " that it leads to, " + Files.readSymbolicLink(path));
            }
            return Optional.of(Files.readAttributes(path, BasicFileAttributes.class));
        } catch (NoSuchFileException nothing) {
            return Optional.empty();
        }
    }

    /// Whether only the system makes links there: in `/dev`, but for the memory that all may write to.
    private static boolean isOfSystem(Path path) {
        Path whole = path.toAbsolutePath().normalize();
        return whole.startsWith("/dev") && !whole.startsWith("/dev/shm") && !whole.startsWith("/dev/mqueue");
    }
}
