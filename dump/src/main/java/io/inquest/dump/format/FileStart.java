package io.inquest.dump.format;

import io.inquest.dump.io.ByteSource;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// The first bytes of a file, as many as there are up to a limit: all that recognising a format may look at.
public final class FileStart {

    private static final int MOST_BYTES = 8192;

    private final byte[] bytes;
    private final long fileBytes;

    private FileStart(byte[] bytes, long fileBytes) {
        this.bytes = bytes;
        this.fileBytes = fileBytes;
    }

    public static FileStart of(ByteSource source) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate((int) Math.min(MOST_BYTES, source.size()));
        while (buffer.hasRemaining() && source.read(buffer.position(), buffer) > 0) {
            // Short reads are allowed; the end of the file ends it too.
        }
        return new FileStart(Arrays.copyOf(buffer.array(), buffer.position()), source.size());
    }

    /// Number of bytes that are known, at most the file's.
    public int length() {
        return bytes.length;
    }

    /// Size of the whole file.
    public long fileBytes() {
        return fileBytes;
    }

    /// The byte at `at` as 0 to 255, or -1 behind the last known one.
    public int at(int at) {
        return at < bytes.length ? bytes[at] & 0xff : -1;
    }

    public boolean has(int at, String latin1) {
        byte[] wanted = latin1.getBytes(StandardCharsets.ISO_8859_1);
        return at + wanted.length <= bytes.length
                && Arrays.equals(bytes, at, at + wanted.length, wanted, 0, wanted.length);
    }
}
