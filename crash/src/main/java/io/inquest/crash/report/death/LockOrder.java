package io.inquest.crash.report.death;

import io.inquest.crash.report.DeathKind;
import io.inquest.crash.report.Fact;
import io.inquest.crash.report.log.LogLine;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// What lockdep found: an order of locks that can deadlock, even if it did not this time.
final class LockOrder implements DeathAnalyzer {

    @Override
    public Set<DeathKind> kinds() {
        return Set.of(DeathKind.LOCKDEP, DeathKind.RCU_USAGE, DeathKind.HELD_LOCK);
    }

    @Override
    public Finding find(Evidence evidence) {
        List<Fact> facts = new ArrayList<>();
        for (LogLine line : evidence.event().lines()) {
            String text = line.text();
            if (text.contains("trying to acquire lock")
                    || text.contains("already holding lock")
                    || text.contains(", at: ")) {
                facts.add(new Fact("", text.strip()));
            }
        }
        String what = switch (evidence.event().kind()) {
            case RCU_USAGE -> "RCU was used without its protection";
            case HELD_LOCK -> "A lock was held where none may be";
            default -> "Locks are taken in an order that can deadlock";
        };
        List<String> sites = evidence.event().lockSites();
        String between = sites.size() < 2 ? evidence.in() : ", in " + sites.get(0) + " and " + sites.get(1);
        return new Finding(what + between + evidence.by(), facts.subList(0, Math.min(6, facts.size())));
    }
}
