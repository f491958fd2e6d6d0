package io.inquest.crash.report.death;

import io.inquest.crash.report.BlockedTask;
import io.inquest.crash.report.DeathKind;
import io.inquest.crash.report.Fact;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// A task that slept without end; the one that was found is a victim, and who it waits for the one to look at.
final class HungTask implements DeathAnalyzer {

    @Override
    public Set<DeathKind> kinds() {
        return Set.of(DeathKind.HUNG_TASK);
    }

    @Override
    public Finding find(Evidence evidence) {
        List<BlockedTask> blocked = HungTasks.of(evidence.story());
        List<Fact> facts = new ArrayList<>();
        if (blocked.isEmpty()) {
            facts.add(
                    new Fact("not known", "which task it was: the log has only the panic, by the watchdog's own task"));
            return new Finding("A task did not get on, and the kernel was told to panic then", facts);
        }
        BlockedTask first = blocked.getFirst();
        for (BlockedTask task : blocked) {
            if (!task.waits().isEmpty()) {
                facts.add(new Fact(task.comm() + " (pid " + task.pid().orElse(0) + ") waits for", task.waits()));
            }
        }
        String others = blocked.size() == 1 ? "" : " and " + (blocked.size() - 1) + " more";
        String waits = first.waits().isEmpty() ? evidence.in() : ", waiting for " + first.waits();
        return new Finding(
                "Hung task: " + first.comm() + " (pid " + first.pid().orElse(0) + ")" + others
                        + (blocked.size() == 1 ? " was" : " were") + " blocked for more than " + first.seconds() + " s"
                        + waits,
                facts);
    }
}
