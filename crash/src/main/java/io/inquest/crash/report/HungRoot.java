package io.inquest.crash.report;

import io.inquest.crash.report.death.Deadlock;
import io.inquest.crash.report.signature.FrameChoice;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/// What hung tasks are known by besides the function of the one that was found: which that is, is chance, while
/// the chain of those that it waits for ends at the same lock. Only locks in variables count: any other has no name
/// that another boot would know.
///
/// | The chain                                     | Class                                              |
/// |-----------------------------------------------|----------------------------------------------------|
/// | ends at a task that sleeps without a lock     | the last lock, and the function that task sleeps in |
/// | ends at a task that runs or is not known      | the last lock                                      |
/// | comes back                                    | all locks of the circle, in the order of their names |
final class HungRoot {

    private HungRoot() {}

    /// Empty where the chain has no lock with a name.
    ///
    /// @param blocked the task that was found hung first, and the others
    /// @param choice of frames, for hung tasks
    static Optional<String> classOf(List<BlockedTask> blocked, FrameChoice choice) {
        if (blocked.isEmpty()) {
            return Optional.empty();
        }
        List<BlockedTask> circle = Deadlock.circleOf(blocked.getFirst(), blocked);
        if (!circle.isEmpty()) {
            TreeSet<String> locks = new TreeSet<>();
            circle.forEach(task -> locks.add(task.lock()));
            locks.remove("");
            return locks.isEmpty() ? Optional.empty() : Optional.of(String.join("|", locks));
        }
        List<BlockedTask> chain = Deadlock.chainOf(blocked.getFirst(), blocked);
        String lock = "";
        for (BlockedTask task : chain) {
            lock = task.lock().isEmpty() ? lock : task.lock();
        }
        BlockedTask root = chain.getLast();
        List<CallFrame> frames =
                root.frames().stream().map(AnnotatedFrame::frame).toList();
        String holder = root.lock().isEmpty() && !frames.isEmpty()
                ? "|" + choice.of(frames).primary()
                : "";
        return lock.isEmpty() ? Optional.empty() : Optional.of(lock + holder);
    }
}
