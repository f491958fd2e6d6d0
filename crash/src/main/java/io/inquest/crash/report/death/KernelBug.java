package io.inquest.crash.report.death;

import io.inquest.crash.report.DeathKind;
import io.inquest.crash.report.Fact;
import java.util.List;
import java.util.Set;

/// `BUG()`: the code itself found that it cannot go on.
final class KernelBug implements DeathAnalyzer {

    @Override
    public Set<DeathKind> kinds() {
        return Set.of(DeathKind.BUG, DeathKind.USERCOPY);
    }

    @Override
    public Finding find(Evidence evidence) {
        List<Fact> facts = evidence.sourceLine();
        if (!evidence.event().held("detail").isEmpty()) {
            facts.add(new Fact("the kernel says", evidence.event().head().text()));
        }
        String file = evidence.event().held("file");
        String at = file.isEmpty() ? "" : " at " + file + ":" + evidence.event().held("line");
        String what = evidence.event().kind() == DeathKind.USERCOPY
                ? "A copy to or from user memory beyond its object"
                : "The kernel hit a BUG()" + at;
        return new Finding(what + evidence.where(), facts);
    }
}
