package io.inquest.crash.report.dump;

import io.inquest.crash.report.Fact;
import io.inquest.crash.report.Victim;
import io.inquest.dump.Utsname;
import io.inquest.kernel.Kernel;
import io.inquest.output.Elapsed;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;

/// The machine and its kernel in a few facts.
final class MachineFacts {

    private static final String KERNEL = "kernel";

    private final Kernel kernel;

    MachineFacts(Kernel kernel) {
        this.kernel = kernel;
    }

    /// The kernel's name and that of its host, as its memory has them.
    List<Fact> name() throws IOException {
        Utsname name = kernel.system().utsname();
        return List.of(new Fact(KERNEL, name.release() + " " + name.machine()), new Fact("host", name.nodename()));
    }

    /// The kernel's name as the vmcoreinfo has it.
    List<Fact> release() {
        return kernel.vmcoreInfo().string("OSRELEASE").stream()
                .map(release -> new Fact(KERNEL, release))
                .toList();
    }

    List<Fact> died() throws IOException {
        OptionalLong time = kernel.system().crashTime();
        return time.isEmpty() || time.getAsLong() < 0 || time.getAsLong() > Instant.MAX.getEpochSecond()
                ? List.of()
                : List.of(
                        new Fact("died", Instant.ofEpochSecond(time.getAsLong()).toString()));
    }

    List<Fact> uptime() throws IOException {
        OptionalLong time = kernel.system().uptime();
        return time.isEmpty() ? List.of() : List.of(new Fact("had run", Elapsed.format(time.getAsLong())));
    }

    List<Fact> size() throws IOException {
        return List.of(new Fact(
                "CPUs",
                kernel.cpus().online().size() + ", " + kernel.tasks().all().size() + " tasks"));
    }

    List<Fact> load() throws IOException {
        return kernel.system().loadAverage().stream()
                .map(load -> new Fact("load", load.text()))
                .toList();
    }

    List<Fact> commandLine() throws IOException {
        return kernel.system().commandLine().stream()
                .map(line -> new Fact("command line", line))
                .toList();
    }

    static List<Victim.Taint> taints(Kernel kernel) throws IOException {
        return kernel.system().taints().stream()
                .map(taint -> new Victim.Taint(taint.letter(), taint.meaning()))
                .toList();
    }
}
