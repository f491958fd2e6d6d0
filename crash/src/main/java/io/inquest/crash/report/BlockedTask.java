package io.inquest.crash.report;

import java.util.List;
import java.util.OptionalInt;

/// A task that does not get on, and why.
///
/// @param comm its name
/// @param pid its number; absent if not known
/// @param seconds for how long it has been so; negative if not known
/// @param waits what it waits for, such as `the mutex rtnl_mutex, owned by kworker/3:1 (pid 812)`; empty if not
///     known
/// @param lock name of the variable that is or has the lock that it waits for; empty if it is in none or not known
/// @param holder number of the task that holds it; absent if nobody does or it is not known
/// @param frames its backtrace; may be empty
public record BlockedTask(
        String comm,
        OptionalInt pid,
        long seconds,
        String waits,
        String lock,
        OptionalInt holder,
        List<AnnotatedFrame> frames) {

    /// Name and number, for sentences.
    public String name() {
        return comm + (pid.isPresent() ? " (pid " + pid.getAsInt() + ")" : "");
    }

    /// The same task, with what only the other source knows of it: the log for how long, the dump the rest.
    BlockedTask withSeconds(BlockedTask logged) {
        return new BlockedTask(
                comm,
                pid,
                Math.max(seconds, logged.seconds),
                waits.isEmpty() ? logged.waits : waits,
                lock,
                holder.isPresent() ? holder : logged.holder,
                frames.isEmpty() ? logged.frames : frames);
    }
}
