package io.inquest.kernel.symbol;

import java.util.Arrays;

/// Where a table's symbols are, and how far they reach.
///
/// A symbol has an index, its place in the table, and a rank, its place in the unsigned order of addresses; of equal
/// addresses the one with the lower index comes first. Both are the same as long as the table is in order itself, as
/// kallsyms is.
final class SymbolPlaces {

    /// Tables without sizes let a symbol end where the next one begins. A longer gap lies between parts of the
    /// image and belongs to no symbol; the longest real ones, lockdep's arrays, have some MiB.
    private static final long LONGEST_PLAUSIBLE_SYMBOL = 16L << 20;

    private final long[] addresses;
    private final long[] sizes;
    private final long[] ends;
    private final long[] sorted;

    /// Index in the table by rank; empty when both are the same.
    private final int[] indexes;

    /// `sizes` are by index, none or 0 where not known; `ends` are addresses that no symbol reaches across. The arrays
    /// are kept.
    SymbolPlaces(long[] addresses, long[] sizes, long[] ends) {
        this.addresses = addresses;
        this.sizes = sizes;
        this.ends = ends;
        if (isOrdered(addresses)) {
            sorted = addresses;
            indexes = new int[0];
        } else {
            indexes = order(addresses);
            sorted = new long[indexes.length];
            for (int rank = 0; rank < sorted.length; rank++) {
                sorted[rank] = addresses[indexes[rank]];
            }
        }
    }

    private static boolean isOrdered(long[] addresses) {
        for (int i = 1; i < addresses.length; i++) {
            if (Long.compareUnsigned(addresses[i - 1], addresses[i]) > 0) {
                return false;
            }
        }
        return true;
    }

    private static int[] order(long[] addresses) {
        Integer[] order = new Integer[addresses.length];
        Arrays.setAll(order, i -> i);
        Arrays.sort(order, (one, other) -> Long.compareUnsigned(addresses[one], addresses[other]));
        int[] indexes = new int[order.length];
        Arrays.setAll(indexes, rank -> order[rank]);
        return indexes;
    }

    int count() {
        return sorted.length;
    }

    long at(int rank) {
        return sorted[rank];
    }

    long address(int index) {
        return addresses[index];
    }

    /// The size that the table gives, or else the room up to the next address.
    long bytes(int index) {
        boolean known = index < sizes.length && sizes[index] != 0;
        return known ? sizes[index] : room(firstFrom(addresses[index]));
    }

    /// Bytes up to the next different address or end, 0 for what cannot be a symbol.
    long room(int rank) {
        int next = nextDifferent(rank);
        long start = sorted[rank];
        long bytes = next < sorted.length ? sorted[next] - start : -1;
        for (long end : ends) {
            long untilEnd = end - start;
            bytes = untilEnd != 0 && Long.compareUnsigned(untilEnd, bytes) < 0 ? untilEnd : bytes;
        }
        return Long.compareUnsigned(bytes, LONGEST_PLAUSIBLE_SYMBOL) <= 0 ? bytes : 0;
    }

    int index(int rank) {
        return indexes.length == 0 ? rank : indexes[rank];
    }

    /// The first rank whose address is `address` or above; the number of symbols when there is none.
    int firstFrom(long address) {
        int low = 0;
        int high = sorted.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (Long.compareUnsigned(sorted[middle], address) < 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /// The first of the ranks that have the highest address up to `address`, -1 when there is none.
    int firstOfNearest(long address) {
        int above = address == -1 ? sorted.length : firstFrom(address + 1);
        return above == 0 ? -1 : firstFrom(sorted[above - 1]);
    }

    /// The first rank with another address than that of `rank`.
    private int nextDifferent(int rank) {
        return sorted[rank] == -1 ? sorted.length : firstFrom(sorted[rank] + 1);
    }
}
