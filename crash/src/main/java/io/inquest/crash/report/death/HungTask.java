package io.inquest.crash.report.death;

import io.inquest.crash.report.BlockedTask;
import io.inquest.crash.report.DeathKind;
import io.inquest.crash.report.Fact;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// A task that slept without end; the one that was found is a victim, and who it waits for the one to look at.
final class HungTask implements DeathAnalyzer {

    private static final int MOST_FACTS = 8;

    @Override
    public Set<DeathKind> kinds() {
        return Set.of(DeathKind.HUNG_TASK);
    }

    @Override
    public Finding find(Evidence evidence) {
        List<BlockedTask> blocked = evidence.blocked();
        List<Fact> facts = new ArrayList<>();
        if (blocked.isEmpty()) {
            facts.add(
                    new Fact("not known", "which task it was: the log has only the panic, by the watchdog's own task"));
            return new Finding("A task did not get on, and the kernel was told to panic then", facts);
        }
        BlockedTask first = blocked.getFirst();
        for (BlockedTask task : blocked.subList(0, Math.min(MOST_FACTS, blocked.size()))) {
            if (!task.waits().isEmpty()) {
                facts.add(new Fact(task.name() + " waits for", task.waits()));
            }
        }
        List<BlockedTask> circle = Deadlock.circleOf(first, blocked);
        if (!circle.isEmpty()) {
            return new Finding(
                    "Deadlock: " + names(circle) + " have waited for each other" + since(first) + evidence.in(), facts);
        }
        String others = blocked.size() == 1 ? " was" : " and " + (blocked.size() - 1) + " more were";
        String waits = first.waits().isEmpty() ? "" : ", waiting for " + first.waits();
        return new Finding(
                "Hung task: " + first.name() + others + " blocked" + since(first) + evidence.in() + waits, facts);
    }

    private static String since(BlockedTask task) {
        return task.seconds() < 0 ? "" : " for more than " + task.seconds() + " s";
    }

    private static String names(List<BlockedTask> tasks) {
        StringBuilder names = new StringBuilder();
        for (int i = 0; i < tasks.size(); i++) {
            names.append(i == 0 ? "" : i == tasks.size() - 1 ? " and " : ", ")
                    .append(tasks.get(i).name());
        }
        return names.toString();
    }
}
