package io.inquest.kernel.symbol;

/// How the records of `kallsyms_names` tell their length.
enum LengthForm {

    /// Since 6.1 (73bbb94466fd): bit 7 of the first byte says that a second one follows.
    ONE_OR_TWO_BYTES {
        @Override
        int headBytes(byte[] records, int at) {
            return records[at] < 0 ? 2 : 1;
        }

        @Override
        int length(byte[] records, int at) {
            int low = records[at] & 0x7f;
            return records[at] >= 0 || at + 1 >= records.length ? low : low | (records[at + 1] & 0x7f) << 7;
        }
    },

    /// Until 6.0, up to 255 tokens.
    ONE_BYTE {
        @Override
        int headBytes(byte[] records, int at) {
            return 1;
        }

        @Override
        int length(byte[] records, int at) {
            return records[at] & 0xff;
        }
    };

    abstract int headBytes(byte[] records, int at);

    /// Number of tokens of the record that begins at `at`.
    abstract int length(byte[] records, int at);

    /// Where `count` records begin, and where the last one ends; one element too few, the last one, when there
    /// are not so many.
    final int[] starts(byte[] records, int from, int count) {
        int[] starts = new int[count + 1];
        int at = from;
        for (int i = 0; i < count; i++) {
            starts[i] = at;
            if (at >= records.length) {
                return new int[0];
            }
            at += headBytes(records, at) + length(records, at);
        }
        starts[count] = at;
        return at <= records.length ? starts : new int[0];
    }

    /// How many records of at least one token there are from `from` on, at most `count`.
    final int fitting(byte[] records, int from, int count) {
        int fitting = 0;
        int at = from;
        while (fitting < count && at < records.length) {
            int length = length(records, at);
            at += headBytes(records, at) + length;
            if (length == 0 || at > records.length) {
                break;
            }
            fitting++;
        }
        return fitting;
    }
}
