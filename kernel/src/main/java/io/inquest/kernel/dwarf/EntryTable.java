package io.inquest.kernel.dwarf;

/// Entries found so far, each once: a struct of a header file is described in every unit that includes it.
///
/// Entries are the same when kind, name, size and line are, which one hash of 64 bits stands for; of equal ones the
/// first in the file is kept. An open hash table of plain arrays. For one thread.
final class EntryTable {

    private static final long EMPTY = 0;

    private long[] keys = new long[1 << 12];
    private long[] entries = new long[keys.length];
    private long[] names = new long[keys.length];
    private int size;

    int size() {
        return size;
    }

    /// Mixes what makes an entry the same into a key.
    static long key(long name, long kind, long bytes, long line) {
        long mixed = (name * 0x9E3779B97F4A7C15L ^ bytes) * 0xC2B2AE3D27D4EB4FL ^ line << 5 ^ kind;
        mixed = (mixed ^ mixed >>> 32) * 0xD6E8FEB86659FD93L;
        mixed ^= mixed >>> 32;
        return mixed == EMPTY ? 1 : mixed;
    }

    /// Adds an entry unless one of the same key is there; of two, that of the lower reference stays.
    ///
    /// Returns whether it is new.
    boolean add(long key, long entry, long name) {
        int mask = keys.length - 1;
        int slot = (int) key & mask;
        while (keys[slot] != EMPTY) {
            if (keys[slot] == key) {
                if (Long.compareUnsigned(entry, entries[slot]) < 0) {
                    entries[slot] = entry;
                    names[slot] = name;
                }
                return false;
            }
            slot = slot + 1 & mask;
        }
        keys[slot] = key;
        entries[slot] = entry;
        names[slot] = name;
        if (++size > keys.length / 2) {
            grow();
        }
        return true;
    }

    void addAll(EntryTable other) {
        for (int i = 0; i < other.keys.length; i++) {
            if (other.keys[i] != EMPTY) {
                add(other.keys[i], other.entries[i], other.names[i]);
            }
        }
    }

    /// All entries, in no order.
    long[] entries() {
        return packed(entries);
    }

    /// The names of [#entries], in the same order.
    long[] names() {
        return packed(names);
    }

    private long[] packed(long[] column) {
        long[] packed = new long[size];
        int n = 0;
        for (int i = 0; i < keys.length; i++) {
            if (keys[i] != EMPTY) {
                packed[n++] = column[i];
            }
        }
        return packed;
    }

    private void grow() {
        long[] oldKeys = keys;
        long[] oldEntries = entries;
        long[] oldNames = names;
        keys = new long[2 * oldKeys.length];
        entries = new long[keys.length];
        names = new long[keys.length];
        int mask = keys.length - 1;
        for (int i = 0; i < oldKeys.length; i++) {
            if (oldKeys[i] != EMPTY) {
                int slot = (int) oldKeys[i] & mask;
                while (keys[slot] != EMPTY) {
                    slot = slot + 1 & mask;
                }
                keys[slot] = oldKeys[i];
                entries[slot] = oldEntries[i];
                names[slot] = oldNames[i];
            }
        }
    }
}
