package io.inquest.dump.verify;

import io.inquest.dump.PfnRange;
import java.util.List;
import java.util.Optional;

/// How reading every page of a dump went.
///
/// @param readable pages that could be read and unpacked
/// @param unchecked those of them that carry nothing which would show a wrong bit: neither a checksum of the file nor
/// one
/// of their compression
/// @param missing pages that the dump promises and does not hold
/// @param damaged pages that are there and cannot be unpacked or read
/// @param damagedFrames the frames from the first of those to the last, if there are any
/// @param lostFrames the first runs of page frames whose pages are missing or damaged
/// @param moreLostRuns how many more runs there are
public record PageTally(
        long readable,
        long unchecked,
        long missing,
        long damaged,
        Optional<PfnRange> damagedFrames,
        List<PfnRange> lostFrames,
        long moreLostRuns) {

    /// Of a dump that could not be opened.
    public static final PageTally NONE = new PageTally(0, 0, 0, 0, Optional.empty(), List.of(), 0);

    public PageTally {
        lostFrames = List.copyOf(lostFrames);
    }

    /// The same with pages that are missing as well, of which nobody can tell the page frames.
    PageTally withMissing(long pages) {
        return new PageTally(readable, unchecked, missing + pages, damaged, damagedFrames, lostFrames, moreLostRuns);
    }

    /// Pages that cannot be had.
    public long lost() {
        return missing + damaged;
    }

    /// Pages that the dump promises.
    public long promised() {
        return readable + lost();
    }

    /// The first page frame whose page cannot be had, -1 if there is none or none that can be told.
    public long firstLost() {
        return lostFrames.isEmpty() ? -1 : lostFrames.getFirst().startPfn();
    }
}
