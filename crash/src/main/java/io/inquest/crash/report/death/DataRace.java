package io.inquest.crash.report.death;

import io.inquest.crash.report.DeathKind;
import io.inquest.crash.report.Fact;
import java.util.List;
import java.util.Set;

/// Two accesses to the same memory at the same time without a lock, as KCSAN saw them.
final class DataRace implements DeathAnalyzer {

    @Override
    public Set<DeathKind> kinds() {
        return Set.of(DeathKind.KCSAN);
    }

    @Override
    public Finding find(Evidence evidence) {
        return new Finding(
                "KCSAN saw a data race" + evidence.where(),
                List.of(new Fact("the kernel says", evidence.event().head().text())));
    }
}
