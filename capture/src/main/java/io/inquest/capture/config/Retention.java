package io.inquest.capture.config;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/// Which dumps on a target may be deleted, once a new one is saved: the oldest, until all limits hold. The newest
/// complete dump stays whatever the limits say.
///
/// @param count most dumps that stay; at least 1
/// @param bytes most bytes that all of them take together
/// @param age what is older may go
public record Retention(OptionalInt count, OptionalLong bytes, Optional<Duration> age) {

    public static final Retention KEEP_ALL = new Retention(OptionalInt.empty(), OptionalLong.empty(), Optional.empty());

    public static Retention ofCount(int count) {
        return new Retention(OptionalInt.of(count), OptionalLong.empty(), Optional.empty());
    }
}
