package io.inquest.crash.command.system;

import io.inquest.crash.UsageException;
import io.inquest.kernel.Kernel;
import io.inquest.kernel.log.KernelLog;
import io.inquest.kernel.log.LogRange;
import java.io.IOException;
import java.util.OptionalLong;

/// When the kernel began to count the time of its log.
///
/// The kernel notes when it crashed, which is the time of the newest record to within a second or so; sleep is not
/// counted.
final class BootTime {

    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private BootTime() {}

    /// Seconds since 1970.
    static long seconds(Kernel kernel, KernelLog log) throws IOException {
        OptionalLong noted = kernel.vmcoreInfo().crashTime();
        OptionalLong crash = noted.isPresent() ? noted : kernel.dump().header().crashTimeSeconds();
        if (crash.isEmpty() || crash.getAsLong() == 0) {
            throw new UsageException("-T: the dump does not say when the kernel crashed; leave the option out");
        }
        long[] newest = new long[1];
        log.visit(
                LogRange.ALL,
                record -> newest[0] = Math.max(newest[0], record.nanoseconds().orElse(0)));
        return crash.getAsLong() - newest[0] / NANOS_PER_SECOND;
    }
}
