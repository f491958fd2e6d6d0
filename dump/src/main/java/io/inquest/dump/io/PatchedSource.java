package io.inquest.dump.io;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.TreeMap;

/// A source with some of its bytes changed: what repairs a file without writing to it. The changes are made before it
/// is read, by one thread; its size stays.
public final class PatchedSource extends DelegatingSource {

    private final TreeMap<Long, byte[]> patches = new TreeMap<>();
    private int longest;

    /// No patches so far.
    public PatchedSource(ByteSource source) {
        super(source);
    }

    /// Puts `bytes` in place of those at `offset`; a later patch wins where two overlap only if it begins behind the
    /// earlier or at the same place.
    public void patch(long offset, byte[] bytes) {
        patches.put(offset, bytes.clone());
        longest = Math.max(longest, bytes.length);
    }

    /// Turns over one bit, 0 to 7, of the byte at `offset` as it is now.
    public void flip(long offset, int bit) throws IOException {
        byte[] one = new byte[1];
        readFully(offset, ByteBuffer.wrap(one));
        one[0] ^= (byte) (1 << bit);
        Map.Entry<Long, byte[]> around = patches.floorEntry(offset);
        if (around != null && offset < around.getKey() + around.getValue().length) {
            around.getValue()[(int) (offset - around.getKey())] = one[0];
        } else {
            patch(offset, one);
        }
    }

    /// A patch is data, also where the source has a hole.
    @Override
    public long nextData(long offset) {
        Long patch = patches.ceilingKey(offset);
        long data = super.nextData(offset);
        return patchEnd(offset) > offset ? offset : patch == null ? data : Math.min(data, patch);
    }

    @Override
    public long nextHole(long offset) {
        long hole = super.nextHole(offset);
        for (long end = patchEnd(hole); end > hole && hole < size(); end = patchEnd(hole)) {
            hole = super.nextHole(end);
        }
        return hole;
    }

    /// One past the last byte of the patches that have the byte at `offset`; `offset` itself if none has.
    private long patchEnd(long offset) {
        long end = offset;
        for (Map.Entry<Long, byte[]> patch : patches.subMap(Math.max(0, offset - longest), true, offset, true)
                .entrySet()) {
            end = Math.max(end, patch.getKey() + patch.getValue().length);
        }
        return end;
    }

    @Override
    public int read(long offset, ByteBuffer target) throws IOException {
        int start = target.position();
        int length = super.read(offset, target);
        if (length <= 0 || patches.isEmpty()) {
            return length;
        }
        long from = Math.max(0, offset - longest);
        for (Map.Entry<Long, byte[]> patch :
                patches.subMap(from, offset + length).entrySet()) {
            byte[] bytes = patch.getValue();
            int skipped = (int) Math.max(0, offset - patch.getKey());
            int at = (int) Math.max(0, patch.getKey() - offset);
            int count = Math.min(bytes.length - skipped, length - at);
            if (count > 0) {
                target.put(start + at, bytes, skipped, count);
            }
        }
        return length;
    }
}
