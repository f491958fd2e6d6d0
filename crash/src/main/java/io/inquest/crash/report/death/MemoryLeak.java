package io.inquest.crash.report.death;

import io.inquest.crash.report.DeathKind;
import io.inquest.crash.report.Fact;
import java.util.List;
import java.util.Set;

/// Memory that nothing points at any more, as kmemleak found it.
final class MemoryLeak implements DeathAnalyzer {

    @Override
    public Set<DeathKind> kinds() {
        return Set.of(DeathKind.LEAK);
    }

    @Override
    public Finding find(Evidence evidence) {
        String owner = evidence.in().isEmpty() ? "" : ", allocated" + evidence.in();
        return new Finding(
                "Memory was leaked" + owner,
                List.of(new Fact("the kernel says", evidence.event().head().text())));
    }
}
