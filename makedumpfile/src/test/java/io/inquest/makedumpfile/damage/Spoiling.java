package io.inquest.makedumpfile.damage;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Random;

/// One thing done to a specimen.
///
/// @param kind what is done
/// @param file which of the specimen's files, from 0
/// @param offset of the first byte in that file that is not as it was
/// @param value bits of the byte that are turned, or how many bytes are zeros now
record Spoiling(Kind kind, int file, int offset, int value) {

    private static final int[] UNITS = {512, 4096};

    /// What may happen to bytes.
    enum Kind {
        /// The file ends before the byte.
        CUT,
        /// Bits of the byte are turned.
        FLIP,
        /// It and those behind it are zeros, as a disk leaves what was never written.
        ZEROS
    }

    /// A file that ends somewhere: after its first byte at the earliest.
    static Spoiling cut(Specimen specimen, Random random) {
        int file = random.nextInt(specimen.files().size());
        return new Spoiling(Kind.CUT, file, 1 + random.nextInt(specimen.files().get(file).length - 1), 0);
    }

    /// Any byte of the specimen, with any other value.
    static Spoiling flip(Specimen specimen, Random random) {
        int file = random.nextInt(specimen.files().size());
        return new Spoiling(
                Kind.FLIP, file, random.nextInt(specimen.files().get(file).length), 1 + random.nextInt(255));
    }

    /// Zeros from the first byte on of every sector and block of 4 KiB that is not all zeros and has no page data.
    static List<Spoiling> zeros(Specimen specimen, Places places) {
        List<Spoiling> all = new ArrayList<>();
        for (int file = 0; file < specimen.files().size(); file++) {
            byte[] bytes = specimen.files().get(file);
            for (int unit : UNITS) {
                BitSet data = places.unitsWithData(file, unit);
                for (int start = 0; start < bytes.length; start += unit) {
                    int length = Math.min(unit, bytes.length - start);
                    boolean zeros = Arrays.equals(bytes, start, start + length, new byte[unit], 0, length);
                    if (!data.get(start / unit) && !zeros) {
                        all.add(new Spoiling(Kind.ZEROS, file, start, length));
                    }
                }
            }
        }
        return all;
    }

    /// Bytes that are not as they were, or may be not.
    int bytes() {
        return kind == Kind.ZEROS ? value : 1;
    }

    /// The byte at `at` of the file, which was `old`.
    byte spoiled(int at, byte old) {
        return switch (kind) {
            case CUT -> old;
            case FLIP -> at == offset ? (byte) (old ^ value) : old;
            case ZEROS -> at >= offset && at < offset + value ? 0 : old;
        };
    }

    @Override
    public String toString() {
        return switch (kind) {
            case CUT -> "cut at " + file + ":" + offset;
            case FLIP -> "flipped " + file + ":" + offset + "^" + value;
            case ZEROS -> value + " zeros at " + file + ":" + offset;
        };
    }
}
