package io.inquest.capture.collect;

import io.inquest.makedumpfile.MadeDump;
import java.util.Optional;
import java.util.OptionalInt;

/// What came of one way.
///
/// @param sha256 of what was written, in hexadecimal digits, where it was written from begin to end
public record Made(MadeDump dump, Optional<String> sha256) {

    static Made of(MadeDump.Ending ending, String reason) {
        return new Made(new MadeDump(ending, reason, OptionalInt.empty(), Optional.empty()), Optional.empty());
    }
}
