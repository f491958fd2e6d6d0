package io.inquest.crash.report.death;

import io.inquest.crash.report.DeathKind;
import io.inquest.crash.report.Fact;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// A panic in words of its own, or one whose event the log has lost.
final class PlainPanic implements DeathAnalyzer {

    @Override
    public Set<DeathKind> kinds() {
        return Set.of(DeathKind.PANIC, DeathKind.UNKNOWN);
    }

    @Override
    public Finding find(Evidence evidence) {
        List<Fact> facts = new ArrayList<>();
        if (evidence.event().kind() == DeathKind.UNKNOWN) {
            facts.add(new Fact("not known", "what led to it: the log has only the end"));
        }
        String text = evidence.event().held("text");
        String what = text.isEmpty() ? evidence.event().head().text() : "Kernel panic \"" + text + "\"";
        return new Finding(what + evidence.where(), facts);
    }
}
