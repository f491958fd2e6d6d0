package io.inquest.crash.report.death;

import io.inquest.crash.report.BlockedTask;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Tasks that wait for each other in a circle, or the one at whose door a chain of waiting tasks ends.
public final class Deadlock {

    private Deadlock() {}

    /// The circle that a task waits in, beginning with it; empty if its chain leads out of it.
    public static List<BlockedTask> circleOf(BlockedTask first, List<BlockedTask> all) {
        List<BlockedTask> chain = chainOf(first, all);
        BlockedTask last = chain.getLast();
        boolean closed = last.holder().isPresent() && last.holder().equals(first.pid());
        return closed ? chain : List.of();
    }

    /// The task, the one that holds what it waits for, and so on.
    public static List<BlockedTask> chainOf(BlockedTask first, List<BlockedTask> all) {
        List<BlockedTask> chain = new ArrayList<>();
        Optional<BlockedTask> next = Optional.of(first);
        while (next.isPresent() && !chain.contains(next.get())) {
            BlockedTask task = next.get();
            chain.add(task);
            next = task.holder().isEmpty()
                    ? Optional.empty()
                    : all.stream()
                            .filter(other -> other.pid().equals(task.holder()))
                            .findFirst();
        }
        return chain;
    }
}
