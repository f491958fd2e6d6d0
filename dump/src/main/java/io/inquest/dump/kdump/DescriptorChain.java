package io.inquest.dump.kdump;

import io.inquest.dump.codec.Compression;

/// Judges page descriptors by their neighbours: writers put pages one directly behind the other, so a descriptor that
/// leads elsewhere is wrong if the next one goes on where it should have ended.
///
/// Descriptors that share the data of an earlier page (pages of zeros, pages that are alike) are no links of the chain.
/// Three descriptors are looked at at a time; a wrong one between two right ones is found, and what it should be.
final class DescriptorChain {

    /// Hears what each descriptor is, though not in order.
    interface Judge {
        void judged(Link link, Condition condition);
    }

    /// What a descriptor is.
    enum Condition {
        /// It can be right.
        PLAUSIBLE,
        /// It is empty: its page was never written.
        NEVER_WRITTEN,
        /// Its page would be behind the end of the file.
        BEHIND_END,
        /// It is wrong, and [Link#offset] and [Link#size] say what it should be.
        REPAIRABLE,
        /// It is wrong.
        WRONG
    }

    /// A descriptor and, if it is wrong, what is wrong with it.
    static final class Link {

        final long index;
        final int flags;
        final long foundOffset;
        final int foundSize;
        long offset;
        int size;
        String problem = "";

        Link(long index, long offset, int size, int flags) {
            this.index = index;
            this.offset = offset;
            this.size = size;
            this.flags = flags;
            this.foundOffset = offset;
            this.foundSize = size;
        }

        long end() {
            return offset + size;
        }
    }

    private final long dataStart;
    private final long fileEnd;
    private final int pageBytes;
    private final Judge judge;
    private long expected = -1;
    private final Link[] waiting = new Link[3];
    private int count;

    /// `dataStart` is the least place that a page can have, `fileEnd` the size of the file.
    DescriptorChain(long dataStart, long fileEnd, int pageBytes, Judge judge) {
        this.dataStart = dataStart;
        this.fileEnd = fileEnd;
        this.pageBytes = pageBytes;
        this.judge = judge;
    }

    /// Takes the next descriptor. `shared` if it is known to be that of the shared page of zeros.
    void add(long index, long offset, int size, int flags, boolean shared) {
        Link link = new Link(index, offset, size, flags);
        if (shared) {
            judge.judged(link, Condition.PLAUSIBLE);
        } else if (offset == 0 && size == 0 && flags == 0) {
            judge.judged(link, Condition.NEVER_WRITTEN);
        } else {
            waiting[count++] = link;
            if (count == waiting.length) {
                judgeFirst();
            }
        }
    }

    /// Judges those that still wait for a neighbour.
    void end() {
        while (count > 0) {
            judgeFirst();
        }
    }

    private void judgeFirst() {
        Link link = waiting[0];
        Link next = count > 1 ? waiting[1] : null;
        Link afterNext = count > 2 ? waiting[2] : null;
        boolean repaired = false;
        if (expected >= 0 && link.offset != expected && next != null && follows(expected, link, next)) {
            link.problem = "leads to byte " + Long.toUnsignedString(link.offset) + ", but its neighbours leave byte "
                    + expected + " to it";
            link.offset = expected;
            repaired = true;
        } else if (next != null
                && afterNext != null
                && (expected < 0 || link.offset == expected)
                && link.end() != next.offset
                && next.end() == afterNext.offset
                && canBe(next.offset - link.offset, link.flags)) {
            link.problem = "gives its page " + Integer.toUnsignedString(link.size) + " bytes, but its neighbours leave "
                    + (next.offset - link.offset) + " to it";
            link.size = (int) (next.offset - link.offset);
            repaired = true;
        }
        String impossible = impossible(link);
        Condition condition = repaired ? Condition.REPAIRABLE : Condition.PLAUSIBLE;
        if (!impossible.isEmpty()) {
            link.problem = link.problem.isEmpty() ? impossible : link.problem;
            condition = Condition.WRONG;
        } else if (link.offset > fileEnd - link.size) {
            condition = Condition.BEHIND_END;
        }
        if (condition != Condition.WRONG && (expected < 0 || link.offset >= expected)) {
            expected = link.end();
        }
        System.arraycopy(waiting, 1, waiting, 0, --count);
        judge.judged(link, condition);
    }

    /// Whether `next` begins where `link` would end if it began at `start`.
    private static boolean follows(long start, Link link, Link next) {
        return link.size > 0 && next.offset == start + link.size;
    }

    private boolean canBe(long bytes, int flags) {
        return bytes > 0 && bytes <= pageBytes && (flags != 0 || bytes == pageBytes);
    }

    private String impossible(Link link) {
        if (link.offset < dataStart) {
            return "leads to byte " + link.offset + ", before the pages";
        }
        if (Compression.ofFlag(link.flags) == null) {
            return "has the unknown flags 0x" + Integer.toHexString(link.flags);
        }
        if (!canBe(link.size, link.flags)) {
            return "gives its page " + Integer.toUnsignedString(link.size) + " bytes, where a page has " + pageBytes
                    + (link.flags == 0 ? "" : " at most");
        }
        return "";
    }
}
