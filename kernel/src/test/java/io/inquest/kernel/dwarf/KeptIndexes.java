package io.inquest.kernel.dwarf;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// A store of indexes in memory that counts.
final class KeptIndexes implements IndexStore {

    final Map<String, byte[]> kept = new HashMap<>();
    int saved;

    @Override
    public Optional<ByteBuffer> load(String buildId) {
        return Optional.ofNullable(kept.get(buildId)).map(ByteBuffer::wrap);
    }

    @Override
    public void save(String buildId, ByteBuffer index) {
        byte[] bytes = new byte[index.remaining()];
        index.get(bytes);
        kept.put(buildId, bytes);
        saved++;
    }
}
