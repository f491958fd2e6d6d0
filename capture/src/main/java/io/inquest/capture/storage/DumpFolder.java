package io.inquest.capture.storage;

import io.inquest.capture.config.Retention;
import io.inquest.dump.io.DiskFull;
import io.inquest.dump.io.NoSpaceException;
import io.inquest.dump.io.OwnerFile;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.time.LocalDateTime;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongConsumer;

/// The folder of one crash: new, and its owner's alone.
///
/// A file has an unfinished name, `vmcore-incomplete`, `vmcore-dmesg-incomplete.txt`, until all of it is on the disk
/// and
/// was read back; its name and the folder are forced, too, before anybody is told that it is there.
public final class DumpFolder implements CrashPlace {

    private static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY =
            PosixFilePermissions.asFileAttribute(EnumSet.of(
                    PosixFilePermission.OWNER_READ,
                    PosixFilePermission.OWNER_WRITE,
                    PosixFilePermission.OWNER_EXECUTE));

    /// More crashes of one second than there can be.
    private static final int MOST_REPETITIONS = 1000;

    private static final int BUFFER_BYTES = 1 << 16;
    private static final String PROBE = "inquest-probe";

    /// Takes room while the dump is written, so that a disk which it fills takes the manifest all the same.
    private static final String RESERVE = "inquest-reserve";

    private static final int RESERVED_BYTES = 32 << 10;
    private static final String DUMP = "vmcore";
    private static final String UNFINISHED_DUMP = unfinished(DUMP);

    private final Path path;

    private DumpFolder(Path path) {
        this.path = path;
    }

    /// Makes the folder in `parent`, which is made as well if it is not there. Nothing that is there is used, and no
    /// symbolic link followed: what the dead machine's users left there decides nothing.
    public static DumpFolder create(Path parent, FolderName name) throws IOException {
        Path there = existing(parent.toAbsolutePath().normalize());
        if (!there.toRealPath().equals(there)) {
            throw new IOException(there + ": leads through a symbolic link to " + there.toRealPath()
                    + ", and what that is on the target nobody can tell; name the folder itself");
        }
        Files.createDirectories(parent, OWNER_ONLY);
        FolderName tried = name;
        for (int i = 0; i < MOST_REPETITIONS; i++) {
            try {
                Path made = make(parent, tried);
                force(parent);
                return new DumpFolder(made);
            } catch (FileAlreadyExistsException taken) {
                tried = tried.next();
            }
        }
        throw new IOException(parent + ": has folders for " + MOST_REPETITIONS + " crashes at " + name.time());
    }

    /// The longest part of a path that is there.
    private static Path existing(Path path) {
        Path there = path;
        while (!Files.exists(there, LinkOption.NOFOLLOW_LINKS) && there.getParent() != null) {
            there = there.getParent();
        }
        return there;
    }

    private static Path make(Path parent, FolderName name) throws IOException {
        try {
            return Files.createDirectory(parent.resolve(name.toString()), OWNER_ONLY);
        } catch (FileAlreadyExistsException taken) {
            throw taken;
        } catch (FileSystemException refused) {
            if (!"Invalid argument".equals(refused.getReason())) {
                throw refused;
            }
            return Files.createDirectory(parent.resolve(name.withoutColons()), OWNER_ONLY);
        }
    }

    public Path path() {
        return path;
    }

    /// What a file is called until it is whole.
    public static String unfinished(String name) {
        int dot = name.lastIndexOf('.');
        return dot < 0 ? name + "-incomplete" : name.substring(0, dot) + "-incomplete" + name.substring(dot);
    }

    Path file(String name) {
        return path.resolve(name);
    }

    @Override
    public SavedFile save(String name, Content content) throws IOException {
        Path file = file(unfinished(name));
        MessageDigest digest = Sha256.begin();
        try (FileChannel channel = OwnerFile.create(file)) {
            OutputStream out = new DigestOutputStream(
                    new BufferedOutputStream(Channels.newOutputStream(channel), BUFFER_BYTES), digest);
            content.writeTo(out);
            out.flush();
            channel.force(true);
        } catch (IOException failure) {
            throw DiskFull.translate(file.toString(), failure);
        }
        SavedFile saved = readBack(unfinished(name), done -> {});
        if (!saved.sha256().equals(Sha256.end(digest))) {
            throw new IOException(file + ": what was read back is not what was written");
        }
        publish(name);
        return new SavedFile(name, saved.bytes(), saved.sha256());
    }

    private SavedFile readBack(String name, LongConsumer watcher) throws IOException {
        MessageDigest digest = Sha256.begin();
        long bytes = 0;
        try (FileChannel channel = FileChannel.open(file(name), LinkOption.NOFOLLOW_LINKS)) {
            ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES);
            for (int count = channel.read(buffer); count >= 0; count = channel.read(buffer)) {
                digest.update(buffer.flip());
                buffer.clear();
                bytes += count;
                watcher.accept(bytes);
            }
        }
        return new SavedFile(name, bytes, Sha256.end(digest));
    }

    private void publish(String name) throws IOException {
        if (Files.exists(file(name), LinkOption.NOFOLLOW_LINKS)) {
            throw new FileAlreadyExistsException(file(name).toString());
        }
        Files.move(file(unfinished(name)), file(name), StandardCopyOption.ATOMIC_MOVE);
        force(path);
    }

    @Override
    public DumpOutput beginDump(DumpForm form) throws IOException {
        Files.deleteIfExists(file(UNFINISHED_DUMP));
        reserve();
        return new DumpOutput.ToFile(file(UNFINISHED_DUMP));
    }

    private void reserve() throws IOException {
        Files.deleteIfExists(file(RESERVE));
        try (FileChannel channel = OwnerFile.create(file(RESERVE))) {
            ByteBuffer zeros = ByteBuffer.allocate(RESERVED_BYTES);
            while (zeros.hasRemaining()) {
                channel.write(zeros);
            }
            channel.force(true);
        } catch (IOException failure) {
            if (!(DiskFull.translate(path.toString(), failure) instanceof NoSpaceException)) {
                throw failure;
            }
        }
    }

    @Override
    public Optional<SavedFile> readDumpBack(LongConsumer watcher) throws IOException {
        Files.deleteIfExists(file(RESERVE));
        Path dump = file(UNFINISHED_DUMP);
        if (!Files.isRegularFile(dump, LinkOption.NOFOLLOW_LINKS)) {
            return Optional.empty();
        }
        if (Files.size(dump) == 0) {
            Files.delete(dump);
            return Optional.empty();
        }
        force(dump);
        force(path);
        return Optional.of(readBack(UNFINISHED_DUMP, watcher));
    }

    @Override
    public Optional<Path> unfinishedDump() {
        return Optional.of(file(UNFINISHED_DUMP));
    }

    @Override
    public SavedFile publishDump(SavedFile unfinished) throws IOException {
        publish(DUMP);
        return new SavedFile(DUMP, unfinished.bytes(), unfinished.sha256());
    }

    @Override
    public void check() throws IOException {
        Path probe = file(PROBE);
        try (FileChannel channel = OwnerFile.create(probe)) {
            channel.force(true);
        } catch (IOException failure) {
            if (!(DiskFull.translate(path.toString(), failure) instanceof NoSpaceException)) {
                throw failure;
            }
        }
        Files.deleteIfExists(probe);
        force(path);
    }

    @Override
    public long room() throws IOException {
        return Files.getFileStore(path).getUsableSpace();
    }

    @Override
    public Optional<Path> stateFile() {
        return Optional.of(file("state"));
    }

    @Override
    public Retaining.Outcome retain(Retention retention, LocalDateTime now) throws IOException {
        return new Retaining(retention, now).apply(path);
    }

    @Override
    public void close() {}

    /// Of a folder that is the names in it.
    private static void force(Path fileOrFolder) throws IOException {
        try (FileChannel channel = FileChannel.open(fileOrFolder, LinkOption.NOFOLLOW_LINKS)) {
            channel.force(true);
        }
    }

    @Override
    public String toString() {
        return path.toString();
    }
}
