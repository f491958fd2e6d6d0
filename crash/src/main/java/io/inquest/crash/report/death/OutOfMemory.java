package io.inquest.crash.report.death;

import io.inquest.crash.report.DeathKind;
import io.inquest.crash.report.Fact;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// No memory was left, and either nobody could be killed or the kernel was told to panic then.
final class OutOfMemory implements DeathAnalyzer {

    @Override
    public Set<DeathKind> kinds() {
        return Set.of(DeathKind.OOM);
    }

    @Override
    public Finding find(Evidence evidence) {
        String panic = evidence.event().head().text();
        List<Fact> facts = new ArrayList<>();
        String why;
        if (panic.contains("panic_on_oom")) {
            why = ", and the kernel was told to panic then";
            facts.add(new Fact("why that was deadly", "vm.panic_on_oom is set"));
        } else if (panic.contains("no killable")) {
            why = ", and no process was left to kill";
        } else {
            why = "";
        }
        String who = evidence.victim().describe();
        String largest = evidence.processes().stream()
                .findFirst()
                .map(process -> "; the largest process was " + process.describe())
                .orElse("");
        return new Finding("Out of memory" + why + (who.isEmpty() ? "" : "; asked for by " + who) + largest, facts);
    }
}
