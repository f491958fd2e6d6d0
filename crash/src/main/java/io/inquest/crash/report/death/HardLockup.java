package io.inquest.crash.report.death;

import io.inquest.crash.report.DeathKind;
import io.inquest.crash.report.Fact;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// A CPU that did not even take its timer's interrupts any more.
final class HardLockup implements DeathAnalyzer {

    @Override
    public Set<DeathKind> kinds() {
        return Set.of(DeathKind.HARD_LOCKUP);
    }

    @Override
    public Finding find(Evidence evidence) {
        List<Fact> facts = new ArrayList<>();
        evidence.trap().ifPresent(frame -> facts.add(new Fact("interrupted in", frame.place())));
        facts.add(new Fact("meaning", "interrupts were off for longer than the watchdog's threshold"));
        String cpu = evidence.event().held("cpu");
        return new Finding(
                "Hard lockup: " + (cpu.isEmpty() ? "a CPU" : "CPU " + cpu) + " was stuck with interrupts off"
                        + evidence.in() + StuckTask.describe(evidence),
                facts);
    }
}
