package io.inquest.crash.report.death;

import io.inquest.crash.report.DeathKind;
import io.inquest.crash.report.Fact;
import io.inquest.crash.report.log.LogLine;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// A pool of workers that made no progress.
final class WorkqueueLockup implements DeathAnalyzer {

    @Override
    public Set<DeathKind> kinds() {
        return Set.of(DeathKind.WORKQUEUE_LOCKUP);
    }

    @Override
    public Finding find(Evidence evidence) {
        List<Fact> facts = new ArrayList<>();
        evidence.addHeld(facts, "pool", "pool");
        for (LogLine line : evidence.event().lines()) {
            String text = line.text().strip();
            if (text.startsWith("in-flight:") || text.startsWith("pending:") || text.startsWith("workqueue ")) {
                facts.add(new Fact("", text));
            }
        }
        String seconds = evidence.event().held("seconds");
        return new Finding(
                "Workqueue lockup: a pool of workers was stuck" + (seconds.isEmpty() ? "" : " for " + seconds + " s"),
                facts.subList(0, Math.min(10, facts.size())));
    }
}
