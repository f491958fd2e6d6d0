package io.inquest.dump;

import io.inquest.dump.codec.Compression;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.OptionalInt;

/// The memory of the machine by physical address, read-only, in page frames of `1 << pageShift()` bytes.
///
/// Safe for many threads at once: no method has a cursor.
public interface PhysicalMemory {

    int pageShift();

    default int pageBytes() {
        return 1 << pageShift();
    }

    /// One past the highest page frame that the dump speaks of (`max_mapnr`).
    long endPfn();

    /// The ranges that the dump's program headers name, in file order; empty for containers without them.
    List<PhysicalSegment> segments();

    /// What the dump promises of one frame. Never throws: a frame whose state cannot be read is [PageState#LOST]. Some
    /// damage shows only when the contents are read; then [#readPages] and [#read] say [PageState#LOST].
    PageState state(long pfn);

    /// The class code that the writer of the dump recorded for an excluded frame, if it did.
    OptionalInt exclusionCode(long pfn);

    /// How the dump stores a frame that is [PageState#STORED], for statistics. Never throws; of other frames it means
    /// nothing.
    default StoredForm storedForm(long pfn) {
        return new StoredForm(Compression.NONE, pageBytes());
    }

    /// One past the last frame from `pfn` on that is known to be like it: in state, exclusion code and stored form, as
    /// far as its bits in [#markExisting] and [#markStored] are the same. So frames can be counted by runs, and a
    /// damaged size of terabytes costs no more than another. Always behind `pfn`; never throws.
    default long alikeUntil(long pfn) {
        return pfn + 1;
    }

    /// Sets the bit of each frame of the window that is memory of the machine, whether the dump holds it or not
    /// (bitmap 1 of the kdump-compressed format). Bits of other frames are left alone.
    void markExisting(PageBitmap window) throws IOException;

    /// Sets the bit of each frame of the window that the dump promises to hold, zero pages included (bitmap 2).
    /// Bits of other frames are left alone.
    void markStored(PageBitmap window) throws IOException;

    /// Reads `count` whole frames from `pfn` on into `target`, which advances by `count` pages.
    ///
    /// `states[i]` becomes the state of frame `pfn + i`; of frames that are not readable the bytes are zero.
    /// Frames that the dump holds only in part (a segment that begins or ends inside a page) are
    /// [PageState#STORED], the rest of their bytes zero. A page that the input refuses to give is lost and nothing
    /// else is; this throws only when the input fails altogether.
    void readPages(long pfn, int count, ByteBuffer target, PageState[] states) throws IOException;

    /// Fills all of `target` from `physicalAddress` on, across frames.
    ///
    /// Throws a [MemoryFault] that names the frame and why when one of them is not readable.
    void read(long physicalAddress, ByteBuffer target) throws IOException;
}
