package io.inquest.kdump.initramfs;

import io.inquest.kdump.host.Inputs;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;

/// The bytes of a file in an archive.
sealed interface Content {

    long size() throws IOException;

    void writeTo(OutputStream out) throws IOException;

    /// Bytes that were made here.
    final class Bytes implements Content {

        private final byte[] bytes;

        Bytes(byte[] bytes) {
            this.bytes = bytes;
        }

        @Override
        public long size() {
            return bytes.length;
        }

        @Override
        public void writeTo(OutputStream out) throws IOException {
            out.write(bytes);
        }
    }

    /// A file of the host, read when it is needed.
    record HostFile(Path path) implements Content {

        @Override
        public long size() throws IOException {
            return Inputs.size(path);
        }

        @Override
        public void writeTo(OutputStream out) throws IOException {
            Inputs.copy(path, out);
        }
    }
}
