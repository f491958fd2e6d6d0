package io.inquest.kernel.type.btf;

import java.util.Arrays;
import java.util.function.IntConsumer;

/// Finds what begins with a name offset (records, enumerators) by that name: a hash table in two arrays.
final class NameIndex {

    private final Btf btf;
    private final int[] positions;
    private final int[] first;
    private final int[] next;

    /// Indexes the places at `positions` in the section of `btf`.
    NameIndex(Btf btf, int[] positions) {
        this.btf = btf;
        this.positions = positions;
        this.first = new int[Math.max(Integer.highestOneBit(positions.length), 16)];
        this.next = new int[positions.length];
        Arrays.fill(first, -1);
        // Backwards, so that a chain gives its places in their order.
        for (int entry = positions.length - 1; entry >= 0; entry--) {
            add(entry);
        }
    }

    private void add(int entry) {
        int slot = slot(btf.nameHash(btf.section().word(positions[entry])));
        next[entry] = first[slot];
        first[slot] = entry;
    }

    private int slot(int hash) {
        return (hash ^ hash >>> 15) & first.length - 1;
    }

    /// Gives `visitor` the places of that name in their order.
    void find(byte[] name, IntConsumer visitor) {
        for (int entry = first[slot(BtfSection.hash(name))]; entry >= 0; entry = next[entry]) {
            int position = positions[entry];
            if (btf.nameEquals(btf.section().word(position), name)) {
                visitor.accept(position);
            }
        }
    }
}
