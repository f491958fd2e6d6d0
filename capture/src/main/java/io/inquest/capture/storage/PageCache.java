package io.inquest.capture.storage;

import io.inquest.dump.io.OwnerFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/// What the kernel keeps of files in memory: it would be read instead of the disk.
public final class PageCache {

    private static final Path DROP = Path.of("/proc/sys/vm/drop_caches");

    private final boolean ours;

    private PageCache(boolean ours) {
        this.ours = ours;
    }

    /// That of a capture kernel, which nobody else uses.
    public static PageCache ofCaptureKernel() {
        return new PageCache(true);
    }

    /// That of a machine which others use as well: it stays as it is.
    public static PageCache shared() {
        return new PageCache(false);
    }

    /// Gives up what is on the disk. Where the kernel does not, what is read later may be what was written and not what
    /// the disk has.
    public void drop() {
        if (!ours) {
            return;
        }
        try (FileChannel control = OwnerFile.append(DROP)) {
            int written = control.write(ByteBuffer.wrap(new byte[] {'1'}));
            assert written == 1;
        } catch (IOException refused) {
            // Reading back is then as good as without it.
        }
    }
}
