package io.inquest.kernel.symbol;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// The names of a table's symbols by index, packed in whatever way.
interface SymbolNames {

    /// Longest name that is told whole, as in the kernel (`KSYM_NAME_LEN`, 512 since 6.1); longer ones are cut.
    int MAX_BYTES = 512;

    int count();

    /// The letter of nm(1).
    char type(int index);

    /// Writes the bytes of a name to the start of `target`, at most all of it; answers their number.
    int expand(int index, byte[] target);

    /// The same number as [#hash(byte[],int)] of the name's bytes.
    default int hash(int index) {
        byte[] name = new byte[MAX_BYTES];
        return hash(name, expand(index, name));
    }

    default String name(int index) {
        byte[] name = new byte[MAX_BYTES];
        return new String(name, 0, expand(index, name), StandardCharsets.ISO_8859_1);
    }

    default boolean is(int index, byte[] name) {
        byte[] found = new byte[Math.min(name.length + 1, MAX_BYTES)];
        return Arrays.equals(found, 0, expand(index, found), name, 0, name.length);
    }

    default boolean startsWith(int index, byte[] prefix) {
        byte[] start = new byte[Math.min(prefix.length, MAX_BYTES)];
        return Arrays.equals(start, 0, expand(index, start), prefix, 0, prefix.length);
    }

    /// The bytes as digits of a number with [#HASH_BASE], the first one lowest: such a number can be made of those
    /// of a name's parts.
    static int hash(byte[] name, int length) {
        int hash = 0;
        for (int i = length - 1; i >= 0; i--) {
            hash = hash * HASH_BASE + (name[i] & 0xff);
        }
        return hash;
    }

    int HASH_BASE = 0x01000193;

    static byte[] bytes(String name) {
        return name.getBytes(StandardCharsets.ISO_8859_1);
    }
}
