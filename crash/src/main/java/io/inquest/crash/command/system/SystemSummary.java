package io.inquest.crash.command.system;

import io.inquest.crash.command.Gathering;
import io.inquest.crash.command.PresentMemory;
import io.inquest.crash.result.Ending;
import io.inquest.crash.session.Session;
import io.inquest.crash.session.Sources;
import io.inquest.dump.MemoryFault;
import io.inquest.dump.Utsname;
import io.inquest.kernel.Kernel;
import io.inquest.kernel.system.LoadAverage;
import io.inquest.kernel.system.SystemFacts;
import io.inquest.kernel.task.Cpu;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalLong;

/// What one asks of a dead system first: the lines of crash's banner.
///
/// @param namelist where symbols and types come from: a vmlinux, or the dump itself
/// @param crashTime seconds since 1970, if the dump says
/// @param uptime nanoseconds, if the kernel's clock can be read
/// @param memoryBytes size of the memory that its nodes have
/// @param megahertz the processor's clock, 0 if that is not known
/// @param panic the line of the log that tells why it died
/// @param ending what of it a damaged dump does not tell
record SystemSummary(
        String namelist,
        boolean tainted,
        Sources sources,
        String dumpMarks,
        Optional<Integer> cpus,
        int offlineCpus,
        OptionalLong crashTime,
        OptionalLong uptime,
        Optional<LoadAverage> load,
        Optional<Integer> tasks,
        Utsname name,
        long megahertz,
        Optional<Long> memoryBytes,
        String panic,
        Ending ending) {

    static SystemSummary of(Session session) throws IOException {
        Kernel kernel = session.kernel();
        SystemFacts facts = kernel.system();
        Gathering known = new Gathering();
        Optional<Integer> present = known.fact(
                () -> (int) kernel.cpus().all().stream().filter(Cpu::present).count());
        Optional<Integer> online = known.fact(() -> kernel.cpus().online().size());
        return new SystemSummary(
                session.sources().vmlinux().orElse("kallsyms and BTF of the dump"),
                known.fact(facts::taintedMask).orElse(OptionalLong.empty()).orElse(0) != 0,
                session.sources(),
                dumpMarks(kernel),
                present.flatMap(some -> online.map(running -> Math.max(some, running))),
                present.flatMap(some -> online.map(running -> Math.max(0, some - running)))
                        .orElse(0),
                facts.crashTime(),
                known.fact(facts::uptime).orElse(OptionalLong.empty()),
                known.fact(facts::loadAverage).orElse(Optional.empty()),
                known.fact(() -> kernel.tasks().all().size()),
                known.fact(kernel::utsname).orElse(kernel.dump().header().utsname()),
                known.fact(() -> megahertz(kernel)).orElse(0L),
                known.fact(() -> PresentMemory.frames(kernel))
                        .flatMap(frames -> frames.isPresent()
                                ? Optional.of(
                                        frames.getAsLong() << kernel.machine().pageShift())
                                : Optional.empty()),
                known.fact(() -> PanicMessage.of(kernel))
                        .orElse(Optional.empty())
                        .orElse(""),
                known.ending());
    }

    private static String dumpMarks(Kernel kernel) {
        String partial = kernel.dump().header().dumpLevel().orElse(0) != 0 ? "  [PARTIAL DUMP]" : "";
        return partial + (kernel.dump().completeness().complete() ? "" : "  [INCOMPLETE]");
    }

    /// `cpu_khz` on x86.
    private static long megahertz(Kernel kernel) throws IOException {
        OptionalLong khz = kernel.symbols().address("cpu_khz");
        try {
            return khz.isEmpty() ? 0 : (kernel.space().readInt(khz.getAsLong()) & 0xffff_ffffL) / 1000;
        } catch (MemoryFault lost) {
            return 0;
        }
    }
}
