package io.inquest.kernel.system;

import io.inquest.kernel.Kernel;
import io.inquest.kernel.object.KernelObject;
import io.inquest.kernel.type.StructType;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalLong;

/// The kernel's clocks when they were last set forward, at the last tick before it died (kernel:
/// `kernel/time/timekeeping.c`, `include/linux/timekeeper_internal.h`).
///
/// | Symbol            | Since            | The `struct timekeeper` in it                       |
/// |-------------------|------------------|-----------------------------------------------------|
/// | `timekeeper_data` | 6.17             | member `timekeeper` of the first `struct tk_data`   |
/// | `tk_core`         | 3.17             | behind a sequence counter, at 8                     |
/// | `timekeeper`      | before 3.17      | at 0                                                |
///
/// @param wallSeconds seconds since 1970
/// @param uptimeNanoseconds since the kernel started, time of suspend included
record Clock(long wallSeconds, long uptimeNanoseconds) {

    private static final long TK_CORE_SEQUENCE_BYTES = 8;
    private static final long NANOSECONDS = 1_000_000_000;

    /// Empty when this kernel has no such clock. Throws a [io.inquest.dump.MemoryFault] when it cannot be read.
    static Optional<Clock> read(Kernel kernel) throws IOException {
        Optional<KernelObject> timekeeper = timekeeper(kernel);
        return timekeeper.isPresent() ? Optional.of(of(timekeeper.get().loaded())) : Optional.empty();
    }

    private static Optional<KernelObject> timekeeper(Kernel kernel) throws IOException {
        Optional<StructType> type = kernel.types().findStruct("timekeeper");
        if (type.isEmpty()) {
            return Optional.empty();
        }
        OptionalLong data = kernel.symbols().core().address("timekeeper_data");
        Optional<StructType> dataType = kernel.types().findStruct("tk_data");
        if (data.isPresent() && dataType.isPresent()) {
            return KernelObject.at(kernel.space(), dataType.get(), data.getAsLong())
                    .find("timekeeper");
        }
        OptionalLong core = kernel.symbols().core().address("tk_core");
        OptionalLong old = kernel.symbols().core().address("timekeeper");
        if (core.isPresent()) {
            return Optional.of(KernelObject.at(kernel.space(), type.get(), core.getAsLong() + TK_CORE_SEQUENCE_BYTES));
        }
        return old.isPresent()
                ? Optional.of(KernelObject.at(kernel.space(), type.get(), old.getAsLong()))
                : Optional.empty();
    }

    /// The monotonic clock is the wall clock plus `wall_to_monotonic`; the fraction of a second is kept shifted up.
    private static Clock of(KernelObject timekeeper) {
        long wall = timekeeper.member("xtime_sec").unsigned();
        KernelObject toMonotonic = timekeeper.member("wall_to_monotonic");
        long fraction = timekeeper
                        .firstOf("tkr_mono.xtime_nsec", "tkr.xtime_nsec", "xtime_nsec")
                        .unsigned()
                >>> timekeeper.firstOf("tkr_mono.shift", "tkr.shift", "shift").unsigned();
        long seconds = wall + toMonotonic.member("tv_sec").signed();
        long nanoseconds = fraction + toMonotonic.member("tv_nsec").signed();
        long suspended = timekeeper.find("offs_boot").map(KernelObject::signed).orElse(0L);
        return new Clock(wall, seconds * NANOSECONDS + nanoseconds + suspended);
    }
}
