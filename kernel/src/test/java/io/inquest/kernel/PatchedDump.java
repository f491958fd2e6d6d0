package io.inquest.kernel;

import io.inquest.dump.DelegatingDump;
import io.inquest.dump.DelegatingMemory;
import io.inquest.dump.Dump;
import io.inquest.dump.PageState;
import io.inquest.dump.PhysicalMemory;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/// A dump some of whose bytes are others, as if they had been damaged on the way.
public final class PatchedDump extends DelegatingDump {

    /// `patches` gives bytes by their physical addresses.
    public PatchedDump(Dump whole, Map<Long, Byte> patches) {
        super(whole, new Patched(whole.memory(), patches));
    }

    /// A dump some of whose frames are there, but hold nothing but zeroes.
    public static PatchedDump emptied(Dump whole, Set<Long> frames) {
        Map<Long, Byte> zeroes = new HashMap<>();
        int pageBytes = whole.memory().pageBytes();
        for (long pfn : frames) {
            for (int i = 0; i < pageBytes; i++) {
                zeroes.put(pfn * pageBytes + i, (byte) 0);
            }
        }
        return new PatchedDump(whole, zeroes);
    }

    private static final class Patched extends DelegatingMemory {

        private final Map<Long, Byte> patches;

        Patched(PhysicalMemory whole, Map<Long, Byte> patches) {
            super(whole);
            this.patches = patches;
        }

        @Override
        public void readPages(long pfn, int count, ByteBuffer target, PageState[] states) throws IOException {
            int start = target.position();
            super.readPages(pfn, count, target, states);
            patch(pfn << pageShift(), target, start, count * pageBytes());
        }

        @Override
        public void read(long physicalAddress, ByteBuffer target) throws IOException {
            int start = target.position();
            int bytes = target.remaining();
            super.read(physicalAddress, target);
            patch(physicalAddress, target, start, bytes);
        }

        private void patch(long physicalAddress, ByteBuffer target, int start, int bytes) {
            patches.forEach((address, value) -> {
                long into = address - physicalAddress;
                if (into >= 0 && into < bytes) {
                    target.put(start + (int) into, value);
                }
            });
        }
    }
}
