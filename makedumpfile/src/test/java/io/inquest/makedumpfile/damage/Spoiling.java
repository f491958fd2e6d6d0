package io.inquest.makedumpfile.damage;

import java.util.Random;

/// One thing done to one byte of a specimen.
///
/// @param file which of the specimen's files, from 0
/// @param offset of the byte in that file
/// @param mask bits of it that are turned; 0: the file ends before it
record Spoiling(int file, int offset, int mask) {

    /// A file that ends somewhere: after its first byte at the earliest.
    static Spoiling cut(Specimen specimen, Random random) {
        int file = random.nextInt(specimen.files().size());
        return new Spoiling(file, 1 + random.nextInt(specimen.files().get(file).length - 1), 0);
    }

    /// Any byte of the specimen, with any other value.
    static Spoiling flip(Specimen specimen, Random random) {
        int file = random.nextInt(specimen.files().size());
        return new Spoiling(file, random.nextInt(specimen.files().get(file).length), 1 + random.nextInt(255));
    }

    boolean isCut() {
        return mask == 0;
    }

    @Override
    public String toString() {
        return (isCut() ? "cut at " : "flipped ") + file + ":" + offset + (isCut() ? "" : "^" + mask);
    }
}
