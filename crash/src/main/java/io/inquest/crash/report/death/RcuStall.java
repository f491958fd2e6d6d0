package io.inquest.crash.report.death;

import io.inquest.crash.report.DeathKind;
import io.inquest.crash.report.Fact;
import io.inquest.crash.report.log.LogLine;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;

/// A CPU or task that kept RCU waiting for far too long.
final class RcuStall implements DeathAnalyzer {

    @Override
    public Set<DeathKind> kinds() {
        return Set.of(DeathKind.RCU_STALL);
    }

    @Override
    public Finding find(Evidence evidence) {
        List<Fact> facts = new ArrayList<>();
        evidence.addHeld(facts, "flavor", "flavour");
        for (LogLine line : evidence.event().lines()) {
            String text = line.text().strip();
            if (text.contains("ticks this GP") || text.contains("kthread starved") || text.contains("holdout")) {
                facts.add(new Fact("", text));
            }
        }
        evidence.trap().ifPresent(frame -> facts.add(new Fact("interrupted in", frame.place())));
        OptionalInt cpu = evidence.event().task().cpu();
        String what = evidence.in().isEmpty()
                ? "RCU stall: somebody kept a grace period from ending"
                : "RCU stall: " + (cpu.isPresent() ? "CPU " + cpu.getAsInt() : "a CPU") + " did not get on"
                        + evidence.in() + StuckTask.describe(evidence);
        return new Finding(what, facts.subList(0, Math.min(6, facts.size())));
    }
}
