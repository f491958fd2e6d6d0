package io.inquest.makedumpfile.damage;

import io.inquest.dump.Dump;
import io.inquest.dump.PhysicalMemory;
import io.inquest.dump.Warnings;
import io.inquest.dump.io.ByteSource;
import io.inquest.dump.io.DelegatingSource;
import io.inquest.dump.io.MemorySource;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;

/// Which page frames' data lies where in a specimen: learned by watching what is read of the undamaged files for each
/// frame alone.
final class Places {

    private record Place(int file, long offset, int bytes, int pfn) {}

    private final List<Place> places = new ArrayList<>();

    /// Notes what is read.
    private final class WatchedSource extends DelegatingSource {

        private final int file;
        private final int[] reading;

        private WatchedSource(ByteSource source, int file, int[] reading) {
            super(source);
            this.file = file;
            this.reading = reading;
        }

        @Override
        public int read(long offset, ByteBuffer target) throws IOException {
            int count = super.read(offset, target);
            if (reading[0] >= 0 && count > 0) {
                places.add(new Place(file, offset, count, reading[0]));
            }
            return count;
        }
    }

    static Places of(Specimen specimen) throws IOException {
        Places places = new Places();
        int[] reading = {-1};
        try (Dump dump = specimen.open(
                file -> places
                .new WatchedSource(
                        new MemorySource(
                                specimen.fileName(file), specimen.files().get(file)),
                        file,
                        reading),
                Warnings.NONE)) {
            PhysicalMemory memory = dump.memory();
            FrameReader reader = new FrameReader(memory);
            long[] unused = new long[1];
            for (int pfn = 0; pfn < memory.endPfn(); pfn++) {
                reading[0] = -1;
                // Brings what describes the frame into the caches.
                if (memory.state(pfn).readable()) {
                    reading[0] = pfn;
                    reader.read(pfn, 1, unused, 0);
                }
            }
            places.places.removeIf(place -> place.bytes > memory.pageBytes());
        }
        places.places.sort(Comparator.comparingInt(Place::file).thenComparingLong(Place::offset));
        return places;
    }

    /// The units of so many bytes of a file that hold page data.
    BitSet unitsWithData(int file, int unit) {
        BitSet units = new BitSet();
        for (Place place : places) {
            if (place.file == file) {
                units.set((int) (place.offset / unit), (int) ((place.offset + place.bytes - 1) / unit) + 1);
            }
        }
        return units;
    }

    /// The frames whose data has any of these bytes; none: they are no page data.
    List<Integer> framesWith(int file, int offset, int bytes) {
        List<Integer> frames = new ArrayList<>();
        for (Place place : places) {
            if (place.file == file && place.offset < offset + bytes && offset < place.offset + place.bytes) {
                frames.add(place.pfn);
            }
        }
        return frames;
    }
}
