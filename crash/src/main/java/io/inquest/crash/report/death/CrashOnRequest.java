package io.inquest.crash.report.death;

import io.inquest.crash.report.BlockedTask;
import io.inquest.crash.report.DeathKind;
import io.inquest.crash.report.Fact;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Somebody wanted the machine to crash, mostly because it hung: so what hung is told, too.
final class CrashOnRequest implements DeathAnalyzer {

    @Override
    public Set<DeathKind> kinds() {
        return Set.of(DeathKind.SYSRQ, DeathKind.WATCHDOG_RESET);
    }

    @Override
    public Finding find(Evidence evidence) {
        List<Fact> facts = new ArrayList<>();
        List<BlockedTask> blocked =
                evidence.blocked().stream().filter(task -> task.seconds() >= 0).toList();
        if (!blocked.isEmpty()) {
            facts.add(new Fact("tasks that the log calls hung", Integer.toString(blocked.size())));
        }
        String who = evidence.victim().describe();
        String what = evidence.event().kind() == DeathKind.SYSRQ
                ? "The crash was asked for by sysrq"
                : "A watchdog device asked for the crash";
        return new Finding(what + (who.isEmpty() ? "" : ", " + who), facts);
    }
}
