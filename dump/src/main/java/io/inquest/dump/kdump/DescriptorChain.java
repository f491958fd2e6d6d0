package io.inquest.dump.kdump;

import io.inquest.dump.codec.Compression;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Judges page descriptors by their neighbours: writers put pages one directly behind the other, so a descriptor that
/// leads elsewhere is wrong if the next one goes on where it should have ended.
///
/// Descriptors that share the data of an earlier page (pages of zeros, pages that are alike) are no links of the chain.
/// If the links leave room for a page, one of those between them was a link and is damaged.
/// Three links are looked at at a time; a wrong one between two right ones is found, and what it should be.
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
        private List<Link> sharedBefore = List.of();
        private boolean behindEmpty;
        private @Nullable Link emptyBefore;
        private boolean confirmed;

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

        /// Whether the descriptors around it agree with it: the one before it ends where it begins, or the next one
        /// begins where it ends. Of one that shares a page nobody can say.
        boolean isConfirmed() {
            return confirmed;
        }
    }

    /// Sharing descriptors between two links that are looked at; of more nobody can say which one is wrong.
    private static final int MOST_SHARED = 1 << 12;

    private final long dataStart;
    private final long fileEnd;
    private final int pageBytes;
    private final Judge judge;
    private long expected = -1;
    private long firstPage = -1;
    private final Link[] waiting = new Link[3];
    private int count;
    private final StoredPlaces places = new StoredPlaces();
    private List<Link> shared = new ArrayList<>();
    private boolean emptySince;
    private @Nullable Link empty;
    private int latestFlags;
    private boolean wrongSince;

    /// `dataStart` is the least place that a page can have, `fileEnd` the size of the file.
    DescriptorChain(long dataStart, long fileEnd, int pageBytes, Judge judge) {
        this.dataStart = dataStart;
        this.fileEnd = fileEnd;
        this.pageBytes = pageBytes;
        this.judge = judge;
    }

    /// Says where the first page has to be, before the first descriptor is taken: its place is not to be learned from
    /// the descriptor, which may be the damaged one.
    void beginAt(long place) {
        expected = place;
        firstPage = place;
    }

    /// Takes the next descriptor. `zeros` if it is known to be that of the shared page of zeros.
    void add(long index, long offset, int size, int flags, boolean zeros) {
        Link link = new Link(index, offset, size, flags);
        if (zeros) {
            judge.judged(link, Condition.PLAUSIBLE);
        } else if (offset == 0 && size == 0 && flags == 0) {
            boolean isAlone = !emptySince && shared.isEmpty();
            judgeNeverWritten();
            emptySince = true;
            empty = link;
            if (!isAlone) {
                judgeNeverWritten();
            }
        } else if (isStoredBefore(link)) {
            judgeNeverWritten();
            share(link);
        } else {
            link.emptyBefore = empty;
            empty = null;
            link.behindEmpty = emptySince;
            emptySince = false;
            if (!shared.isEmpty()) {
                link.sharedBefore = shared;
                shared = new ArrayList<>();
            }
            waiting[count++] = link;
            if (count == waiting.length) {
                judgeFirst();
            }
        }
    }

    /// Takes note that the next descriptor is not there: the room of its page is nobody else's.
    void missing() {
        judgeNeverWritten();
        emptySince = true;
    }

    /// The room between two links can no longer be that of the empty descriptor alone.
    private void judgeNeverWritten() {
        Link link = empty;
        empty = null;
        if (link != null) {
            judge.judged(link, Condition.NEVER_WRITTEN);
        }
    }

    /// What right links leave to one empty descriptor between them is its page, which was written before it was lost. A
    /// page that is not stored as it is, is taken to be compressed as those before.
    private void judgeEmptyBefore(Link link, @Nullable Link next) {
        Link lost = link.emptyBefore;
        if (lost == null) {
            return;
        }
        long room = link.offset - expected;
        int flags = room == pageBytes ? 0 : latestFlags;
        boolean isKnown = expected >= 0 && !wrongSince && isFollowed(link, next);
        if (!isKnown || !canBe(room, flags)) {
            judge.judged(lost, Condition.NEVER_WRITTEN);
            return;
        }
        Link right = new Link(lost.index, expected, (int) room, flags);
        right.problem = "is empty, but its neighbours leave " + room + " bytes at byte " + expected + " to it";
        right.confirmed = true;
        places.add(right.offset, right.size, right.flags, right.offset);
        link.behindEmpty = false;
        expected = link.offset;
        judge.judged(right, Condition.REPAIRABLE);
    }

    private boolean isStoredBefore(Link link) {
        long end = expected;
        for (int i = 0; i < count; i++) {
            Link other = waiting[i];
            boolean same = other.offset == link.offset && other.size == link.size && other.flags == link.flags;
            // One that runs ahead to the page of the next is the wrong one of the two.
            if (same && (end < 0 || other.offset <= end)) {
                return true;
            }
            end = other.end();
        }
        return places.find(link.offset, link.size, link.flags) != StoredPlaces.NOWHERE;
    }

    private void share(Link link) {
        if (shared.size() < MOST_SHARED) {
            shared.add(link);
        } else {
            judge.judged(link, Condition.PLAUSIBLE);
        }
    }

    /// Judges those that still wait for a neighbour.
    void end() {
        judgeNeverWritten();
        while (count > 0) {
            judgeFirst();
        }
        judgeShared(shared, -1, false);
    }

    private void judgeFirst() {
        Link link = waiting[0];
        Link next = count > 1 ? waiting[1] : null;
        Link afterNext = count > 2 ? waiting[2] : null;
        judgeEmptyBefore(link, next);
        boolean inPlace = expected < 0 || link.offset == expected;
        // The room behind the last right one may be that of one that was lost.
        boolean isRoomKnown = !wrongSince && !link.behindEmpty;
        boolean repaired = false;
        boolean homeless = false;
        if (!inPlace && isRoomKnown && next != null && follows(expected, link, next)) {
            link.problem = "leads to byte " + Long.toUnsignedString(link.offset) + ", but its neighbours leave byte "
                    + expected + " to it";
            link.offset = expected;
            repaired = true;
        } else if (!inPlace && next != null && next.offset == expected && !isRoomOfShared(link)) {
            link.problem = "leads to byte " + Long.toUnsignedString(link.offset) + ", where no page begins, and its"
                    + " neighbours leave no byte to it";
            homeless = link.offset > expected ? !isFollowed(link, afterNext) : !canShare(link);
        } else if (inPlace && next != null && afterNext != null && hasWrongSize(link, next, afterNext)) {
            link.problem = "gives its page " + Integer.toUnsignedString(link.size) + " bytes, but its neighbours leave "
                    + (next.offset - link.offset) + " to it";
            link.size = (int) (next.offset - link.offset);
            repaired = true;
        }
        String impossible = impossible(link);
        if (impossible.isEmpty() && link.offset < firstPage && !isFollowed(link, next)) {
            impossible = "leads to byte " + link.offset + ", before the first page";
        }
        Condition condition = repaired ? Condition.REPAIRABLE : Condition.PLAUSIBLE;
        if (!impossible.isEmpty()) {
            link.problem = link.problem.isEmpty() ? impossible : link.problem;
            condition = Condition.WRONG;
        } else if (link.offset > fileEnd - link.size) {
            condition = Condition.BEHIND_END;
        } else if (homeless) {
            condition = Condition.WRONG;
        }
        boolean trusted = isFollowed(link, next) || isFollowed(link, afterNext);
        link.confirmed = trusted || (expected >= 0 && link.offset == expected);
        boolean leavesRoom = isRoomKnown && condition == Condition.PLAUSIBLE && expected >= 0 && link.offset > expected;
        judgeShared(link.sharedBefore, leavesRoom ? link.offset - expected : -1, trusted);
        wrongSince |= condition == Condition.WRONG || link.behindEmpty;
        if (condition != Condition.WRONG && (expected < 0 || link.offset >= expected)) {
            wrongSince = false;
            expected = link.end();
            latestFlags = link.flags == 0 ? latestFlags : link.flags;
            places.add(link.offset, link.size, link.flags, link.offset);
        }
        System.arraycopy(waiting, 1, waiting, 0, --count);
        judge.judged(link, condition);
    }

    /// Whether the size of a link is not what its neighbours leave to it, and no sharing descriptor between them can be
    /// the one that leaves the room.
    private boolean hasWrongSize(Link link, Link next, Link afterNext) {
        long left = next.offset - link.end();
        boolean wrong = left != 0
                && !next.behindEmpty
                && next.end() == afterNext.offset
                && canBe(next.offset - link.offset, link.flags);
        for (Link other : next.sharedBefore) {
            wrong &= other.size != left;
        }
        return wrong;
    }

    private static boolean isFollowed(Link link, @Nullable Link other) {
        return other != null && other.offset == link.end();
    }

    /// Whether a descriptor that leads back shares a page, as far as is known: that of a descriptor that was lost is
    /// not.
    private boolean canShare(Link link) {
        return places.find(link.offset, link.size, link.flags) != StoredPlaces.NOWHERE
                || places.isFree(link.offset, link.size);
    }

    /// Whether a sharing descriptor before this link could be the one that belongs into the room that it leaves.
    private boolean isRoomOfShared(Link link) {
        for (Link other : link.sharedBefore) {
            if (other.size == link.offset - expected) {
                return true;
            }
        }
        return false;
    }

    /// Judges descriptors that share the data of earlier pages. With `room` bytes left behind the link before them one
    /// of them has lost its way: that whose size it is.
    ///
    /// @param trusted whether the link behind the room is known to be right
    private void judgeShared(List<Link> sharing, long room, boolean trusted) {
        int fitting = 0;
        for (Link link : sharing) {
            fitting += link.size == room ? 1 : 0;
        }
        for (Link link : sharing) {
            boolean suspect = room >= 0 && (fitting > 0 ? link.size == room : trusted);
            if (!suspect) {
                judge.judged(link, Condition.PLAUSIBLE);
            } else if (fitting == 1 && trusted) {
                link.problem = "leads to byte " + Long.toUnsignedString(link.offset)
                        + ", but its neighbours leave byte " + expected + " to it";
                link.offset = expected;
                places.add(link.offset, link.size, link.flags, link.offset);
                judge.judged(link, Condition.REPAIRABLE);
            } else {
                link.problem = "or one of its neighbours leads to the page of another: " + room + " bytes from byte "
                        + expected + " on belong to no page";
                judge.judged(link, Condition.WRONG);
            }
        }
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
