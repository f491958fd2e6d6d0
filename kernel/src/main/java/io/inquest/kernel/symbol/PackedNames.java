package io.inquest.kernel.symbol;

/// Names that lie whole in a string table, as in ELF symbol tables.
final class PackedNames implements SymbolNames {

    private final byte[] strings;
    private final int[] starts;
    private final byte[] types;

    /// `starts` are offsets in `strings`, where a name ends at a zero byte or the end; `types` are nm's letters.
    PackedNames(byte[] strings, int[] starts, byte[] types) {
        this.strings = strings;
        this.starts = starts;
        this.types = types;
    }

    @Override
    public int count() {
        return starts.length;
    }

    @Override
    public char type(int index) {
        return (char) (types[index] & 0xff);
    }

    @Override
    public int expand(int index, byte[] target) {
        int start = starts[index];
        int most = Math.min(strings.length - start, target.length);
        int length = 0;
        while (length < most && strings[start + length] != 0) {
            target[length] = strings[start + length];
            length++;
        }
        return length;
    }
}
