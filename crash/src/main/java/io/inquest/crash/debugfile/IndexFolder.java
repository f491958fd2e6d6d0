package io.inquest.crash.debugfile;

import io.inquest.kernel.dwarf.IndexStore;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Keeps indexes of debug files in a folder, one file for each build id.
///
/// A folder that cannot be made or written is no error: the index is made anew each time then.
public final class IndexFolder implements IndexStore {

    /// Ten times what the index of a distribution's kernel has.
    private static final long LARGEST = 128L << 20;

    private final Path folder;

    public IndexFolder(Path folder) {
        this.folder = folder;
    }

    /// `$XDG_CACHE_HOME/inquest/dwarf`, or `~/.cache/inquest/dwarf`; keeps nothing where neither is known.
    public static IndexStore ofUser() {
        return of(System.getenv("XDG_CACHE_HOME"), System.getenv("HOME"));
    }

    static IndexStore of(@Nullable String cache, @Nullable String home) {
        if (cache != null && cache.startsWith("/")) {
            return new IndexFolder(Path.of(cache, "inquest", "dwarf"));
        }
        if (home != null && home.startsWith("/")) {
            return new IndexFolder(Path.of(home, ".cache", "inquest", "dwarf"));
        }
        return NONE;
    }

    @Override
    public Optional<ByteBuffer> load(String buildId) {
        try (FileChannel file = FileChannel.open(path(buildId), StandardOpenOption.READ)) {
            long size = file.size();
            if (size > LARGEST) {
                return Optional.empty();
            }
            ByteBuffer bytes = ByteBuffer.allocate((int) size);
            while (bytes.hasRemaining() && file.read(bytes) >= 0) {
                // Until the end.
            }
            return Optional.of(bytes.flip());
        } catch (IOException notThere) {
            return Optional.empty();
        }
    }

    /// Written beside and renamed, so that another process never reads half of it.
    @Override
    public void save(String buildId, ByteBuffer index) {
        try {
            Files.createDirectories(folder);
            Path part = Files.createTempFile(folder, buildId, ".part");
            try {
                write(part, index);
                Files.move(part, path(buildId), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(part);
            }
        } catch (IOException refused) {
            // Made anew next time.
        }
    }

    private static void write(Path file, ByteBuffer index) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            while (index.hasRemaining()) {
                channel.write(index);
            }
        }
    }

    private Path path(String buildId) {
        return folder.resolve(buildId + ".index");
    }
}
