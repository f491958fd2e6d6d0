package io.inquest.kernel.dwarf;

import java.nio.ByteBuffer;
import java.util.Optional;

/// Keeps the indexes of debug files from one run to the next.
///
/// What it gives back is checked; an index that is damaged, of another format or of another file is made anew.
public interface IndexStore {

    /// Keeps nothing.
    IndexStore NONE = new IndexStore() {
        @Override
        public Optional<ByteBuffer> load(String buildId) {
            return Optional.empty();
        }

        @Override
        public void save(String buildId, ByteBuffer index) {
            // Made anew next time.
        }
    };

    /// The index last saved for a build id (hexadecimal digits).
    Optional<ByteBuffer> load(String buildId);

    /// Keeps the remaining bytes of `index`, all or nothing; failing to is no error, since it can be made again.
    void save(String buildId, ByteBuffer index);
}
