package io.inquest.dump.kdump;

import io.inquest.dump.codec.PackedPages;
import java.util.Arrays;

/// Where the pages lie that were stored last, by the names that a [io.inquest.dump.codec.PageHasher] gave them: so that
/// a page that is in the file already need not be stored again.
///
/// A table of fixed size. When it is full the oldest page is forgotten: if that comes again it is stored once more.
/// So which pages share their bytes depends on the pages only. One thread at a time.
public final class SharedPages {

    /// Of each page: two words of its name, its place and size, the next of its bucket, and its bucket's head.
    private static final int ENTRY_BYTES = 3 * Long.BYTES + 3 * Integer.BYTES;

    private static final int NONE = -1;

    private final long[] first;
    private final long[] second;
    private final long[] offsets;
    private final int[] sizes;
    private final int[] next;
    private final int[] buckets;
    private int used;
    private int oldest;
    private long pages;
    private long bytes;

    /// A table of at most `mostBytes` bytes.
    public SharedPages(int mostBytes) {
        int entries = Integer.highestOneBit(Math.max(mostBytes / ENTRY_BYTES, 1));
        first = new long[entries];
        second = new long[entries];
        offsets = new long[entries];
        sizes = new int[entries];
        next = new int[entries];
        buckets = new int[entries];
        clear();
    }

    /// Forgets all places, for another file.
    public void clear() {
        Arrays.fill(buckets, NONE);
        used = 0;
        oldest = 0;
    }

    /// Pages so far that share the bytes of another.
    public long pages() {
        return pages;
    }

    /// Bytes that they would have taken.
    public long bytes() {
        return bytes;
    }

    /// Where the file holds the stored form of a page already; else -1, and it is remembered as stored at `offset`.
    long findOrAdd(PackedPages packed, int page, long offset) {
        long name = packed.firstName(page);
        int size = packed.storedBytes(page);
        for (int entry = buckets[bucket(name)]; entry != NONE; entry = next[entry]) {
            if (first[entry] == name && second[entry] == packed.secondName(page) && sizes[entry] == size) {
                pages++;
                bytes += size;
                return offsets[entry];
            }
        }
        int entry = freeEntry();
        first[entry] = name;
        second[entry] = packed.secondName(page);
        offsets[entry] = offset;
        sizes[entry] = size;
        next[entry] = buckets[bucket(name)];
        buckets[bucket(name)] = entry;
        return -1;
    }

    private int freeEntry() {
        if (used < first.length) {
            return used++;
        }
        int entry = oldest;
        oldest = (oldest + 1) & (first.length - 1);
        unlink(entry);
        return entry;
    }

    private void unlink(int entry) {
        int bucket = bucket(first[entry]);
        if (buckets[bucket] == entry) {
            buckets[bucket] = next[entry];
            return;
        }
        int before = buckets[bucket];
        while (next[before] != entry) {
            before = next[before];
        }
        next[before] = next[entry];
    }

    /// The names are random, so any bits of them are a hash.
    private int bucket(long name) {
        return (int) name & (buckets.length - 1);
    }
}
