package io.inquest.capture.act;

import io.inquest.dump.Dump;
import io.inquest.dump.Dumps;
import io.inquest.dump.Warnings;
import io.inquest.kernel.Kernel;
import io.inquest.kernel.VmcoreInfo;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// The crash, as its vmcoreinfo tells it.
///
/// @param vmcore what shows the memory
/// @param release of the kernel that crashed
/// @param time when, by its own clock
record Crash(Path vmcore, Optional<String> release, Optional<Instant> time) {

    /// What can be told; memory that nobody understands has a crash as well.
    static Crash of(Path vmcore) {
        try (Dump dump = Dumps.open(List.of(vmcore), Warnings.NONE)) {
            VmcoreInfo info = Kernel.open(dump, Warnings.NONE).vmcoreInfo();
            Optional<Instant> time = info.crashTime().isPresent()
                    ? Optional.of(Instant.ofEpochSecond(info.crashTime().getAsLong()))
                    : Optional.empty();
            return new Crash(vmcore, info.osRelease(), time);
        } catch (IOException | RuntimeException notUnderstood) {
            return new Crash(vmcore, Optional.empty(), Optional.empty());
        }
    }

    /// The time that its folder is named after: a clock that stands before the crash is wrong, as in a capture kernel
    /// without a clock that runs on batteries.
    Instant namedAfter(Instant clock) {
        return time.isPresent() && clock.isBefore(time.get()) ? time.get() : clock;
    }
}
