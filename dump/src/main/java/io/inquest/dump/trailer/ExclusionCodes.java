package io.inquest.dump.trailer;

import java.util.Optional;
import java.util.OptionalInt;

/// Why frames were left out of a dump, by runs of frames.
public interface ExclusionCodes {

    /// Those of a dump that does not record it.
    ExclusionCodes NONE = new ExclusionCodes() {
        @Override
        public OptionalInt exclusionCode(long pfn) {
            return OptionalInt.empty();
        }

        @Override
        public long sameCodeUntil(long pfn) {
            return Long.MAX_VALUE;
        }
    };

    /// Stands in a class map for a frame that another program had left out before: why is not known.
    int UNKNOWN_CLASS = 127;

    /// The class code that was recorded for a frame that was left out. Never throws.
    OptionalInt exclusionCode(long pfn);

    /// One past the last frame from `pfn` on that is known to have the same code, or none like it. Never throws.
    long sameCodeUntil(long pfn);

    /// Those of a trailer, if there is one.
    static ExclusionCodes of(Optional<Trailer> trailer) {
        return trailer.isPresent() ? trailer.get() : NONE;
    }
}
