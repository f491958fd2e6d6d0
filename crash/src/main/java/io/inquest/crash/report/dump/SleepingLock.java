package io.inquest.crash.report.dump;

import java.util.List;
import java.util.Optional;

/// Locks and other things that tasks sleep for, each leaving a record of the waiter on the sleeper's stack.
///
/// | Waits in                          | Record on the stack    | Hangs in the list of                       |
/// |-----------------------------------|------------------------|--------------------------------------------|
/// | `__mutex_lock` and the like       | `struct mutex_waiter`  | `mutex.wait_list`                          |
/// | `rwsem_down_…_slowpath`           | `struct rwsem_waiter`  | `rw_semaphore.wait_list`                   |
/// | `__down…`                         | `struct semaphore_waiter` | `semaphore.wait_list`                   |
/// | `wait_for_completion…`            | `struct swait_queue`   | `completion.wait.task_list`                |
///
/// Since 6.19 mutexes, rw-semaphores and semaphores point at their first waiter instead of having a list of their
/// own; there the task tells by itself what it waits for.
///
/// Sources: kernel/locking/mutex.h, rwsem.c, semaphore.c, include/linux/swait.h, completion.h.
///
/// @param functions how the names of functions begin that wait for it
/// @param words what it is, for a sentence
/// @param waiter the record on the stack
/// @param lock what is waited for
record SleepingLock(List<String> functions, String words, Waiter waiter, Lock lock) {

    static final SleepingLock MUTEX = new SleepingLock(
            List.of("__mutex_lock", "mutex_lock", "__ww_mutex_lock"),
            "mutex",
            new Waiter("mutex_waiter", "task", "list"),
            new Lock("mutex", "wait_list", "owner"));
    static final SleepingLock RWSEM = new SleepingLock(
            List.of("rwsem_down_", "down_read", "down_write", "__down_read", "__down_write"),
            "rw-semaphore",
            new Waiter("rwsem_waiter", "task", "list"),
            new Lock("rw_semaphore", "wait_list", "owner"));
    static final SleepingLock SEMAPHORE = new SleepingLock(
            List.of("__down", "down"),
            "semaphore",
            new Waiter("semaphore_waiter", "task", "list"),
            new Lock("semaphore", "wait_list", "last_holder"));
    static final SleepingLock COMPLETION = new SleepingLock(
            List.of("wait_for_completion", "__wait_for_common"),
            "completion",
            new Waiter("swait_queue", "task", "task_list"),
            new Lock("completion", "wait.task_list", ""));

    private static final List<SleepingLock> ALL = List.of(MUTEX, RWSEM, SEMAPHORE, COMPLETION);

    /// A record on the sleeper's stack.
    record Waiter(String struct, String task, String links) {}

    /// What is waited for; `owner` is empty for what nobody owns.
    record Lock(String struct, String list, String owner) {}

    /// What a task waits for in that function.
    static Optional<SleepingLock> waitedForIn(String function) {
        return ALL.stream()
                .filter(kind -> kind.functions.stream().anyMatch(function::startsWith))
                .findFirst();
    }

    /// The kind that the lowest bits of a task's `blocker` mean (kernel: include/linux/hung_task.h).
    static SleepingLock ofBlocker(int bits) {
        return switch (bits) {
            case 0 -> MUTEX;
            case 1 -> SEMAPHORE;
            default -> RWSEM;
        };
    }
}
