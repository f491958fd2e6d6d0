package io.inquest.kernel.symbol;

import java.util.Arrays;
import java.util.stream.IntStream;

/// A hash table of names, made in one pass over them: for tables that bring no order of their own.
final class NameHashes implements NameIndex {

    private final SymbolNames names;

    /// For each bucket the first symbol in it, for each symbol the next one in its bucket, plus 1; 0 ends.
    private final int[] first;

    private final int[] next;

    NameHashes(SymbolNames names) {
        this.names = names;
        int count = names.count();
        this.first = new int[Integer.highestOneBit(Math.max(count, 1)) * 2];
        this.next = new int[count];
        for (int i = count - 1; i >= 0; i--) {
            int bucket = bucket(names.hash(i));
            next[i] = first[bucket];
            first[bucket] = i + 1;
        }
    }

    private int bucket(int hash) {
        return (hash ^ hash >>> 15) & first.length - 1;
    }

    @Override
    public int first(byte[] name) {
        return nextMatch(first[bucket(SymbolNames.hash(name, name.length))], name);
    }

    @Override
    public int[] all(byte[] name) {
        int[] found = new int[1];
        int count = 0;
        for (int at = first(name); at >= 0; at = nextMatch(next[at], name)) {
            if (count == found.length) {
                found = Arrays.copyOf(found, 2 * count);
            }
            found[count++] = at;
        }
        return Arrays.copyOf(found, count);
    }

    @Override
    public int[] startingWith(byte[] prefix) {
        return IntStream.range(0, names.count())
                .filter(i -> names.startsWith(i, prefix))
                .toArray();
    }

    /// `link` is an index plus 1, or 0.
    private int nextMatch(int link, byte[] name) {
        int at = link - 1;
        while (at >= 0 && !names.is(at, name)) {
            at = next[at] - 1;
        }
        return at;
    }
}
