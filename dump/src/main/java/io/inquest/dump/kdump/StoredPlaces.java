package io.inquest.dump.kdump;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/// Where the pages lie that a file stores, in the order of the file, and where another file has them.
///
/// A descriptor that leads back to one of these places shares that page; one that leads anywhere else among them is
/// damaged. The oldest places are forgotten, but not before [SharedPages] of the largest size has forgotten them when
/// it wrote the file. One thread at a time.
final class StoredPlaces {

    static final int MOST = 1 << 18;
    static final long NOWHERE = -1;

    private static final int FIRST_ROOM = 1 << 10;
    private static final int MOST_STRAYS = 1 << 12;

    private long[] offsets = new long[FIRST_ROOM];
    private int[] sizes = new int[FIRST_ROOM];
    private int[] flags = new int[FIRST_ROOM];
    private long[] moved = new long[FIRST_ROOM];
    private final Map<Long, Stray> strays = new HashMap<>();
    private int used;
    private int oldest;

    /// A page that comes out of order: the descriptor of the first that had it was lost.
    private record Stray(int size, int flags, long moved) {}

    /// Remembers a page and where the other file has it.
    void add(long offset, int size, int itsFlags, long movedTo) {
        if (used > 0 && offset < end(used - 1)) {
            if (strays.size() < MOST_STRAYS) {
                strays.put(offset, new Stray(size, itsFlags, movedTo));
            }
            return;
        }
        if (used == offsets.length && used < MOST) {
            offsets = Arrays.copyOf(offsets, 2 * used);
            sizes = Arrays.copyOf(sizes, 2 * used);
            flags = Arrays.copyOf(flags, 2 * used);
            moved = Arrays.copyOf(moved, 2 * used);
        }
        if (used == MOST) {
            oldest = slot(1);
        } else {
            used++;
        }
        int slot = slot(used - 1);
        offsets[slot] = offset;
        sizes[slot] = size;
        flags[slot] = itsFlags;
        moved[slot] = movedTo;
    }

    /// Where the other file has the page that is stored just so; [#NOWHERE] if none is.
    long find(long offset, int size, int itsFlags) {
        int at = lastUpTo(offset);
        int slot = slot(Math.max(at, 0));
        if (at >= 0 && offsets[slot] == offset && sizes[slot] == size && flags[slot] == itsFlags) {
            return moved[slot];
        }
        Stray stray = strays.get(offset);
        return stray != null && stray.size == size && stray.flags == itsFlags ? stray.moved : NOWHERE;
    }

    /// Whether these bytes lie between two pages, or behind all, and are part of none.
    boolean isFree(long offset, int size) {
        int before = lastUpTo(offset);
        boolean forgotten = before < 0 && used == MOST;
        boolean behind = before < 0 || end(before) <= offset;
        boolean fits = before + 1 >= used || offset + size <= offsets[slot(before + 1)];
        return !forgotten && behind && fits;
    }

    /// The last page that begins at `offset` or before, -1 if there is none.
    private int lastUpTo(long offset) {
        int low = 0;
        int high = used;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (offsets[slot(middle)] <= offset) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low - 1;
    }

    private long end(int place) {
        int slot = slot(place);
        return offsets[slot] + sizes[slot];
    }

    private int slot(int place) {
        return (oldest + place) & (offsets.length - 1);
    }
}
