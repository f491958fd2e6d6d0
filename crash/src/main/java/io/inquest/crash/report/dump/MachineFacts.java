package io.inquest.crash.report.dump;

import io.inquest.crash.report.Fact;
import io.inquest.crash.report.Victim;
import io.inquest.dump.Utsname;
import io.inquest.kernel.Kernel;
import io.inquest.kernel.system.SystemFacts;
import io.inquest.output.Elapsed;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// The machine and its kernel in a few facts.
final class MachineFacts {

    private MachineFacts() {}

    static List<Fact> of(Kernel kernel) throws IOException {
        SystemFacts system = kernel.system();
        List<Fact> facts = new ArrayList<>();
        Utsname name = system.utsname();
        facts.add(new Fact("kernel", name.release() + " " + name.machine()));
        facts.add(new Fact("host", name.nodename()));
        system.crashTime()
                .ifPresent(seconds -> facts.add(
                        new Fact("died", Instant.ofEpochSecond(seconds).toString())));
        system.uptime().ifPresent(nanoseconds -> facts.add(new Fact("had run", Elapsed.format(nanoseconds))));
        facts.add(new Fact(
                "CPUs",
                kernel.cpus().online().size() + ", " + kernel.tasks().all().size() + " tasks"));
        system.loadAverage().ifPresent(load -> facts.add(new Fact("load", load.text())));
        system.commandLine().ifPresent(line -> facts.add(new Fact("command line", line)));
        return facts;
    }

    static List<Victim.Taint> taints(Kernel kernel) throws IOException {
        return kernel.system().taints().stream()
                .map(taint -> new Victim.Taint(taint.letter(), taint.meaning()))
                .toList();
    }
}
