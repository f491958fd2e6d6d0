package io.inquest.crash.report.death;

import io.inquest.crash.report.DeathKind;
import io.inquest.crash.report.Fact;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// A page whose own records contradict each other.
final class BadPage implements DeathAnalyzer {

    @Override
    public Set<DeathKind> kinds() {
        return Set.of(DeathKind.BAD_PAGE);
    }

    @Override
    public Finding find(Evidence evidence) {
        List<Fact> facts = new ArrayList<>();
        evidence.addHeld(facts, "pfn", "page frame");
        for (String words : List.of("page dumped because", "page last allocated", "flags: ")) {
            evidence.event().lineWith(words).ifPresent(line -> facts.add(new Fact("", line.strip())));
        }
        String owner = evidence.in().isEmpty() ? "" : "; its owner allocated it" + evidence.in();
        String who = evidence.victim().describe();
        return new Finding("A page in a bad state was found" + (who.isEmpty() ? "" : " by " + who) + owner, facts);
    }
}
