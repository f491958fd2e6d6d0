package io.inquest.kernel.symbol;

import java.util.Arrays;

/// The addresses of a table's symbols in unsigned order; equal ones stay in the order of the table.
///
/// Its ranks are the indexes of the table as long as that is in order itself, as kallsyms is.
final class SortedAddresses {

    private final long[] sorted;

    /// Index in the table by rank; empty when both are the same.
    private final int[] indexes;

    SortedAddresses(long[] addresses) {
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

    /// The place in the table of the symbol with that rank.
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
    int nextDifferent(int rank) {
        return sorted[rank] == -1 ? sorted.length : firstFrom(sorted[rank] + 1);
    }
}
