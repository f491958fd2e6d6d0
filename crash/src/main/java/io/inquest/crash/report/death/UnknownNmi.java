package io.inquest.crash.report.death;

import io.inquest.crash.report.DeathKind;
import io.inquest.crash.report.Fact;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// A non-maskable interrupt that nobody claimed: an operator's button, a management controller's watchdog, or
/// hardware.
final class UnknownNmi implements DeathAnalyzer {

    @Override
    public Set<DeathKind> kinds() {
        return Set.of(DeathKind.NMI_UNKNOWN);
    }

    @Override
    public Finding find(Evidence evidence) {
        List<Fact> facts = new ArrayList<>();
        evidence.addHeld(facts, "reason", "reason byte");
        facts.add(new Fact("likely", "an operator, the management controller's watchdog, or a hardware error"));
        String cpu = evidence.event().held("cpu");
        return new Finding("An NMI for which nobody knows a reason" + (cpu.isEmpty() ? "" : ", on CPU " + cpu), facts);
    }
}
