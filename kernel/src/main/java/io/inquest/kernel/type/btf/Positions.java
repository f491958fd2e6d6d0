package io.inquest.kernel.type.btf;

import java.util.Arrays;

/// Places in a section, or ids, collected one by one.
final class Positions {

    private int[] at = new int[1024];
    private int count;

    void add(int position) {
        if (count == at.length) {
            at = Arrays.copyOf(at, 2 * count);
        }
        at[count++] = position;
    }

    int count() {
        return count;
    }

    int get(int index) {
        return at[index];
    }

    int last() {
        return at[count - 1];
    }

    int removeLast() {
        return at[--count];
    }

    int[] toArray() {
        return Arrays.copyOf(at, count);
    }
}
