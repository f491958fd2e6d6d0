package io.inquest.dump.codec;

import java.util.OptionalInt;

/// How the pages of a dump are packed: by which compression, and how hard it tries.
///
/// | Compression | Levels  | Not given                             | Without the native library                |
/// |-------------|---------|---------------------------------------|-------------------------------------------|
/// | zlib        | 1 to 12 | 2; 1 without the native library       | 1 to 9 are zlib's own; 10 to 12 are its 9 |
/// | zstd        | 1 to 19 | 1                                     | all are 1                                 |
/// | others      | none    |                                       |                                           |
///
/// The levels of zlib are libdeflate's, which are nearly those of zlib; the higher ones pack better than zlib can.
/// libzstd has levels up to 22, but a page is so small that 19 is as good.
///
/// @param level how hard it tries; empty is what makes dumps fastest
public record Packing(Compression compression, OptionalInt level) {

    static final int LEAST_LEVEL = 1;

    public Packing {
        if (level.isPresent() && !accepts(compression, level.getAsInt())) {
            throw new IllegalArgumentException(compression.label() + " has no level " + level.getAsInt());
        }
    }

    /// With the level that makes dumps fastest.
    public static Packing of(Compression compression) {
        return new Packing(compression, OptionalInt.empty());
    }

    /// The highest level of a compression; 0 if it has none.
    public static int mostLevel(Compression compression) {
        return switch (compression) {
            case ZLIB -> 12;
            case ZSTD -> 19;
            case NONE, LZO, SNAPPY -> 0;
        };
    }

    /// Whether a compression has this level.
    public static boolean accepts(Compression compression, int level) {
        return level >= LEAST_LEVEL && level <= mostLevel(compression);
    }

    /// The level that the code for this machine will use where that is not the one asked for, since its native library
    /// is missing; else empty.
    public OptionalInt insteadOfLevel() {
        if (level.isEmpty() || NativePages.canDo(compression)) {
            return OptionalInt.empty();
        }
        int used = javaLevel();
        return used == level.getAsInt() ? OptionalInt.empty() : OptionalInt.of(used);
    }

    /// The level for the native library.
    int nativeLevel() {
        return level.orElse(compression == Compression.ZLIB ? NativePages.DEFLATE_LEVEL : NativePages.ZSTD_LEVEL);
    }

    /// The level for the codecs in Java.
    int javaLevel() {
        return compression == Compression.ZLIB ? Math.min(level.orElse(LEAST_LEVEL), ZlibCompressor.MOST_LEVEL) : 1;
    }
}
