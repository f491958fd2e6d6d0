package io.inquest.crash.report.death;

import io.inquest.crash.report.DeathKind;
import io.inquest.crash.report.Fact;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// The kernel came up and found no root file system or no init: a matter of configuration.
final class NothingToBoot implements DeathAnalyzer {

    @Override
    public Set<DeathKind> kinds() {
        return Set.of(DeathKind.NO_ROOT, DeathKind.NO_INIT);
    }

    @Override
    public Finding find(Evidence evidence) {
        List<Fact> facts = new ArrayList<>();
        facts.add(
                new Fact("verdict", "configuration: the command line's root=, the initial RAM disk, a missing driver"));
        String device = evidence.event().held("device");
        String what = evidence.event().kind() == DeathKind.NO_INIT
                ? "No program was found that can be process 1"
                : "The root file system could not be mounted" + (device.isEmpty() ? "" : " from " + device);
        return new Finding(what, facts);
    }
}
