package io.inquest.kernel.symbol;

import java.util.Arrays;
import java.util.Optional;

/// The order of kallsyms by name, which the kernel itself searches in (`kallsyms_seqs_of_names`, since 6.2 and in
/// 6.1 stable, 60443c88f3a8): for each place in it the index of a symbol, three bytes, the highest first whatever
/// the machine's byte order. Equal names are in the order of their indexes.
final class SeqsOfNames implements NameIndex {

    static final int ENTRY_BYTES = 3;

    /// Neighbours that are compared before the table is believed.
    private static final int SAMPLES = 64;

    private final SymbolNames names;
    private final byte[] table;
    private final int from;

    private SeqsOfNames(SymbolNames names, byte[] table, int from) {
        this.names = names;
        this.table = table;
        this.from = from;
    }

    /// The table at `table[from…]`; empty when what is there does not name each symbol once or is not in order.
    static Optional<SeqsOfNames> check(SymbolNames names, byte[] table, int from) {
        if ((long) from + (long) ENTRY_BYTES * names.count() > table.length) {
            return Optional.empty();
        }
        SeqsOfNames seqs = new SeqsOfNames(names, table, from);
        return seqs.isPermutation() && seqs.isOrdered() ? Optional.of(seqs) : Optional.empty();
    }

    private boolean isPermutation() {
        boolean[] seen = new boolean[names.count()];
        for (int place = 0; place < seen.length; place++) {
            int index = index(place);
            if (index >= seen.length || seen[index]) {
                return false;
            }
            seen[index] = true;
        }
        return true;
    }

    private boolean isOrdered() {
        byte[] one = new byte[SymbolNames.MAX_BYTES];
        byte[] other = new byte[SymbolNames.MAX_BYTES];
        int step = Math.max(1, names.count() / SAMPLES);
        for (int place = step; place < names.count(); place += step) {
            int length = names.expand(index(place - 1), one);
            int otherLength = names.expand(index(place), other);
            if (Arrays.compareUnsigned(one, 0, length, other, 0, otherLength) > 0) {
                return false;
            }
        }
        return true;
    }

    private int index(int place) {
        int at = from + place * ENTRY_BYTES;
        return ((table[at] & 0xff) << 16) | ((table[at + 1] & 0xff) << 8) | (table[at + 2] & 0xff);
    }

    @Override
    public int first(byte[] name) {
        int place = firstPlace(name);
        return isAt(place, name) ? index(place) : -1;
    }

    @Override
    public int[] all(byte[] name) {
        int place = firstPlace(name);
        int end = place;
        while (isAt(end, name)) {
            end++;
        }
        return indexes(place, end);
    }

    @Override
    public int[] startingWith(byte[] prefix) {
        int place = firstPlace(prefix);
        int end = place;
        while (end < names.count() && names.startsWith(index(end), prefix)) {
            end++;
        }
        return indexes(place, end);
    }

    private int[] indexes(int place, int end) {
        int[] found = new int[end - place];
        for (int i = 0; i < found.length; i++) {
            found[i] = index(place + i);
        }
        return found;
    }

    private boolean isAt(int place, byte[] name) {
        return place < names.count() && names.is(index(place), name);
    }

    /// The first place whose name does not come before `name`.
    private int firstPlace(byte[] name) {
        int low = 0;
        int high = names.count();
        byte[] found = new byte[SymbolNames.MAX_BYTES];
        while (low < high) {
            int middle = (low + high) >>> 1;
            int length = names.expand(index(middle), found);
            if (Arrays.compareUnsigned(found, 0, length, name, 0, name.length) < 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
