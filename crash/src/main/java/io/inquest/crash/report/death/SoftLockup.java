package io.inquest.crash.report.death;

import io.inquest.crash.report.DeathKind;
import io.inquest.crash.report.Fact;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// A CPU that ran the same task in the kernel for so long that no other one got its turn.
final class SoftLockup implements DeathAnalyzer {

    @Override
    public Set<DeathKind> kinds() {
        return Set.of(DeathKind.SOFT_LOCKUP);
    }

    @Override
    public Finding find(Evidence evidence) {
        List<Fact> facts = new ArrayList<>();
        String seconds = evidence.event().held("seconds");
        if (!seconds.isEmpty()) {
            facts.add(new Fact("stuck for", seconds + " s"));
        }
        evidence.trap().ifPresent(frame -> facts.add(new Fact("interrupted in", frame.place())));
        String cpu = evidence.event().held("cpu");
        return new Finding(
                "Soft lockup: " + (cpu.isEmpty() ? "a CPU" : "CPU " + cpu) + " was stuck in the kernel"
                        + (seconds.isEmpty() ? "" : " for " + seconds + " s") + evidence.in()
                        + StuckTask.describe(evidence),
                facts);
    }
}
