package io.inquest.crash.report.death;

import io.inquest.crash.report.DeathKind;
import io.inquest.crash.report.Fact;
import java.util.List;
import java.util.Set;

/// An address at which nothing is mapped, or where the access is forbidden.
final class BadPageFault implements DeathAnalyzer {

    @Override
    public Set<DeathKind> kinds() {
        return Set.of(DeathKind.PAGE_FAULT, DeathKind.USER_ACCESS);
    }

    @Override
    public Finding find(Evidence evidence) {
        MemoryAccess access = MemoryAccess.of(evidence.event());
        List<Fact> facts = access.facts();
        if (access.verb().equals("instruction fetch")) {
            facts.add(new Fact("likely", "a jump through a bad function pointer or return address"));
        } else if (access.reason().contains("permissions")) {
            facts.add(new Fact("likely", "a write to memory that is read-only, or an access that its mapping forbids"));
        }
        facts.addAll(FreedObjects.of(evidence));
        String what =
                evidence.event().kind() == DeathKind.USER_ACCESS ? "Forbidden access to user memory" : "Page fault";
        return new Finding(what + access.describe() + evidence.where(), facts);
    }
}
