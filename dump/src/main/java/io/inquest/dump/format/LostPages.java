package io.inquest.dump.format;

import io.inquest.dump.Warnings;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/// Tells of pages that a dump promises and that cannot be had, so that each costs itself and nothing else.
///
/// `/proc/vmcore` refuses pages that the machine's memory can no longer give (EIO), as disks refuse bad sectors. An
/// input that refuses everything, such as a disk that was pulled out, is an error all the same.
///
/// Safe for many threads.
public final class LostPages {

    /// More sentences would bury the others; the counts are in the answers of whoever reads the pages.
    private static final int MOST_TOLD = 10;

    /// Regions of broken memory have been seen with some 10,000 pages; 256 MiB in 4 KiB pages.
    private static final int MOST_REFUSED_IN_A_ROW = 1 << 16;

    private final String name;
    private final Warnings warnings;
    private final List<String> told = new ArrayList<>();
    private final AtomicInteger refusedInARow = new AtomicInteger();

    /// `name` is what messages call the dump.
    public LostPages(String name, Warnings warnings) {
        this.name = name;
        this.warnings = warnings;
    }

    /// Takes note of a page whose bytes are there but cannot be right.
    public void damaged(long pfn, String problem) {
        tell("the data of page frame 0x" + Long.toHexString(pfn) + " is damaged: " + problem);
    }

    /// Takes note of a page that the input refuses to give. Throws `failure` when that cannot be the page's fault.
    public void refused(long pfn, IOException failure) throws IOException {
        refused("page frame 0x" + Long.toHexString(pfn), failure);
    }

    /// The same for a page that is not known by its frame.
    public void refused(String page, IOException failure) throws IOException {
        if (failure instanceof ClosedChannelException || refusedInARow.incrementAndGet() > MOST_REFUSED_IN_A_ROW) {
            throw failure;
        }
        tell(page + " is lost: " + failure.getMessage());
    }

    /// Takes note that the input still gives pages.
    public void given() {
        if (refusedInARow.get() != 0) {
            refusedInARow.set(0);
        }
    }

    /// The same page is read more than once, and told once.
    private synchronized void tell(String sentence) {
        if (told.size() > MOST_TOLD || told.contains(sentence)) {
            return;
        }
        told.add(sentence);
        warnings.warn(name + ": " + (told.size() > MOST_TOLD ? "more pages are damaged or cannot be read" : sentence));
    }
}
