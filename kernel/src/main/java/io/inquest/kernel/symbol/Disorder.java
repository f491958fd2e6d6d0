package io.inquest.kernel.symbol;

import java.util.Arrays;
import java.util.BitSet;

/// Addresses that stand out of an ascending order, as damage makes them.
final class Disorder {

    private final long[] addresses;

    /// The last element of the longest ascending sequence of each length so far that ends lowest, and for each
    /// element the one before it in its sequence: the patience way to find the longest.
    private final int[] lasts;

    private final int[] before;
    private int longest;

    private Disorder(long[] addresses) {
        this.addresses = addresses;
        this.lasts = new int[addresses.length];
        this.before = new int[addresses.length];
    }

    /// The elements that are not of the longest sequence that never goes down, by their index; those in `without`
    /// are not looked at.
    static BitSet in(long[] addresses, BitSet without) {
        return isAscending(addresses, without) ? new BitSet() : new Disorder(addresses).find(without);
    }

    private static boolean isAscending(long[] addresses, BitSet without) {
        long last = 0;
        for (int i = without.nextClearBit(0); i < addresses.length; i = without.nextClearBit(i + 1)) {
            if (Long.compareUnsigned(last, addresses[i]) > 0) {
                return false;
            }
            last = addresses[i];
        }
        return true;
    }

    private BitSet find(BitSet without) {
        Arrays.fill(before, -1);
        BitSet disordered = new BitSet(addresses.length);
        for (int i = without.nextClearBit(0); i < addresses.length; i = without.nextClearBit(i + 1)) {
            disordered.set(i);
            take(i);
        }
        for (int i = longest == 0 ? -1 : lasts[longest - 1]; i >= 0; i = before[i]) {
            disordered.clear(i);
        }
        return disordered;
    }

    private void take(int index) {
        int low = 0;
        int high = longest;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (Long.compareUnsigned(addresses[lasts[middle]], addresses[index]) <= 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        lasts[low] = index;
        before[index] = low == 0 ? -1 : lasts[low - 1];
        longest = Math.max(longest, low + 1);
    }
}
