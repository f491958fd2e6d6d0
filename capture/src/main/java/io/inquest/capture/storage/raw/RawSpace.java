package io.inquest.capture.storage.raw;

import io.inquest.capture.storage.raw.RawEntry.State;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// Where a raw device has room: dumps go to the begin of the largest gap, small files to the end of the last one that
/// takes
/// them.
final class RawSpace {

    private RawSpace() {}

    /// Bytes that no file has.
    record Gap(long start, long end) {

        long bytes() {
            return end - start;
        }

        /// The part of it that a dump may have, which begins at a multiple of a step.
        Gap forDump() {
            long stepped = (start + RawDevice.DUMP_STEP - 1) / RawDevice.DUMP_STEP * RawDevice.DUMP_STEP;
            return new Gap(Math.min(stepped, end), end);
        }
    }

    /// The index without as many of the oldest crashes as have to go for a new one.
    static RawIndex withRoom(RawIndex index, long indexAt) {
        RawIndex left = index;
        Optional<String> kept = newestWhole(index);
        for (String folder : index.folders()) {
            boolean hasRoom = forDump(left, indexAt).bytes() >= indexAt / 2
                    && left.entries().size() < RawIndex.MOST_ENTRIES / 2;
            if (hasRoom) {
                return left;
            }
            if (!kept.equals(Optional.of(folder))) {
                left = left.without(folder);
            }
        }
        return left;
    }

    private static Optional<String> newestWhole(RawIndex index) {
        Optional<String> newest = Optional.empty();
        for (RawEntry entry : index.entries()) {
            if (entry.name().equals(RawPlace.DUMP) && entry.state() == State.WHOLE) {
                newest = Optional.of(entry.folder());
            }
        }
        return newest;
    }

    /// Where the next dump may be; the first of the largest.
    static Gap forDump(RawIndex index, long indexAt) {
        Gap largest = new Gap(0, 0);
        for (Gap gap : gaps(index, indexAt)) {
            largest = gap.forDump().bytes() > largest.bytes() ? gap.forDump() : largest;
        }
        return largest;
    }

    /// Where a small file may be; nothing if there is no room for it.
    static OptionalLong forFile(RawIndex index, long indexAt, long bytes) {
        for (Gap gap : gaps(index, indexAt).reversed()) {
            long start = (gap.end() - bytes) / RawDevice.FILE_STEP * RawDevice.FILE_STEP;
            if (start >= gap.start()) {
                return OptionalLong.of(start);
            }
        }
        return OptionalLong.empty();
    }

    private static List<Gap> gaps(RawIndex index, long indexAt) {
        List<RawEntry> files = new ArrayList<>(index.entries());
        files.sort(Comparator.comparingLong(RawEntry::offset));
        List<Gap> gaps = new ArrayList<>();
        long start = 0;
        for (RawEntry file : files) {
            if (file.offset() > start) {
                gaps.add(new Gap(start, file.offset()));
            }
            start = Math.max(start, file.end());
        }
        gaps.add(new Gap(Math.min(start, indexAt), indexAt));
        return gaps;
    }
}
