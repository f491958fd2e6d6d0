package io.inquest.crash.report.dump;

import io.inquest.dump.MemoryFault;
import io.inquest.kernel.AddressSpace;
import io.inquest.kernel.Kernel;
import io.inquest.kernel.object.KernelObject;
import io.inquest.kernel.stack.Frame;
import io.inquest.kernel.stack.StackTrace;
import io.inquest.kernel.symbol.Place;
import io.inquest.kernel.task.Task;
import io.inquest.kernel.type.StructType;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;

/// Finds out what a sleeping task waits for, and whom.
///
/// New kernels note it in the task (`blocker`, since 6.16 with `CONFIG_DETECT_HUNG_TASK_BLOCKER`). On others
/// neither registers nor arguments of the waiting function are known, but a waiter leaves a record on its own
/// stack, in which its `task_struct` is named; the record's links lead to the lock. See [SleepingLock].
final class WaitedFor {

    private static final int MOST_WAITERS = 10_000;
    private static final long OWNER_FLAGS = 7;
    private static final long READER_OWNED = 1;
    private static final long BLOCKER_KIND = 3;

    /// A task sleeps in these only for the sake of vfork.
    private static final Set<String> CLONE = Set.of("kernel_clone", "_do_fork", "do_fork");

    /// Functions of which the name says enough.
    private static final Map<String, String> WORDS = Map.ofEntries(
            Map.entry("io_schedule", "I/O"),
            Map.entry("io_schedule_timeout", "I/O"),
            Map.entry("folio_wait_bit_common", "a page of a file"),
            Map.entry("wait_on_page_bit_common", "a page of a file"),
            Map.entry("__wait_on_buffer", "a block of a file system"),
            Map.entry("jbd2_log_wait_commit", "a commit of a file system's journal"),
            Map.entry("percpu_rwsem_wait", "a per-CPU rw-semaphore"),
            Map.entry("__percpu_down_read", "a per-CPU rw-semaphore"),
            Map.entry("percpu_down_write", "a per-CPU rw-semaphore"),
            Map.entry("synchronize_rcu", "the end of an RCU grace period"),
            Map.entry("synchronize_rcu_normal", "the end of an RCU grace period"),
            Map.entry("__synchronize_srcu", "the end of an SRCU grace period"),
            Map.entry("rpc_wait_bit_killable", "an answer of an RPC server"),
            Map.entry("kthread_stop", "the end of a kernel thread"),
            Map.entry("__flush_work", "a work item"),
            Map.entry("msleep", "a time to pass"),
            Map.entry("refrigerator", "the freezer"),
            Map.entry("__refrigerator", "the freezer"));

    private final Kernel kernel;
    private final TaskStacks stacks;

    WaitedFor(Kernel kernel) throws IOException {
        this.kernel = kernel;
        this.stacks = new TaskStacks(kernel);
    }

    /// What a task waits for.
    ///
    /// @param words for a sentence, such as `the mutex rtnl_mutex, owned by kworker/3:1 (pid 812)`; empty if not
    ///     known
    /// @param lock name of the variable that is or has the lock; empty if it is in none
    /// @param holder number of the task that holds it
    record Wait(String words, String lock, OptionalInt holder) {

        static final Wait UNKNOWN = forWords("");

        static Wait forWords(String words) {
            return new Wait(words, "", OptionalInt.empty());
        }

        static Wait forKind(SleepingLock kind) {
            return forWords("a " + kind.words());
        }
    }

    /// What the task waits for, as far as its stack tells.
    Wait of(Task task, StackTrace trace) throws IOException {
        if (trace.frames().stream().anyMatch(frame -> CLONE.contains(frame.function()))) {
            return Wait.forWords("the child that vfork made");
        }
        long blocker = task.struct().find("blocker").map(KernelObject::unsigned).orElse(0L);
        if (blocker != 0) {
            return blockedBy(blocker);
        }
        for (Frame frame : trace.frames()) {
            Optional<SleepingLock> kind = SleepingLock.waitedForIn(frame.function());
            if (kind.isPresent()) {
                return describe(task, trace, kind.get());
            }
        }
        String words = "";
        for (Frame frame : trace.frames()) {
            // The outermost of them is the most telling: I/O is what everything waits for in the end.
            words = WORDS.getOrDefault(frame.function(), words);
        }
        return Wait.forWords(words);
    }

    private Wait blockedBy(long blocker) throws IOException {
        SleepingLock kind = SleepingLock.ofBlocker((int) (blocker & BLOCKER_KIND));
        try {
            return describe(kind, blocker & ~BLOCKER_KIND);
        } catch (MemoryFault lost) {
            return Wait.forKind(kind);
        }
    }

    private Wait describe(Task task, StackTrace trace, SleepingLock kind) throws IOException {
        try {
            OptionalLong lock = lock(task, trace, kind);
            return lock.isEmpty() ? Wait.forKind(kind) : describe(kind, lock.getAsLong());
        } catch (MemoryFault lost) {
            return Wait.forKind(kind);
        }
    }

    private Wait describe(SleepingLock kind, long lock) throws IOException {
        Optional<Place> symbol = kernel.symbols().at(lock);
        String what = symbol.isPresent()
                ? "the " + kind.words() + " " + symbol.get()
                : "the " + kind.words() + " at 0x" + Long.toHexString(lock);
        Optional<StructType> type = kernel.types().findStruct(kind.lock().struct());
        Wait unowned = new Wait(what, symbol.map(place -> place.symbol().name()).orElse(""), OptionalInt.empty());
        if (type.isEmpty() || kind.lock().owner().isEmpty()) {
            return unowned;
        }
        Optional<KernelObject> owner = KernelObject.at(kernel.space(), type.get(), lock)
                .find(kind.lock().owner());
        return owner.isEmpty() ? unowned : owned(kind, unowned, owner.get());
    }

    /// The owner word holds a task with flags in its lowest bits (an `atomic_long_t`, in an older rwsem a
    /// pointer).
    private Wait owned(SleepingLock kind, Wait unowned, KernelObject word) throws IOException {
        long bits = kernel.space().readWord(word.address());
        Optional<Task> owner = kernel.tasks().at(bits & ~OWNER_FLAGS);
        if (owner.isEmpty()) {
            return unowned;
        }
        String name = owner.get().comm() + " (pid " + owner.get().pid() + ")";
        boolean read = kind.equals(SleepingLock.RWSEM) && (bits & READER_OWNED) != 0;
        String how =
                read ? ", last read by " : kind.equals(SleepingLock.SEMAPHORE) ? ", last taken by " : ", owned by ";
        return new Wait(
                unowned.words() + how + name,
                unowned.lock(),
                OptionalInt.of(owner.get().pid()));
    }

    private OptionalLong lock(Task task, StackTrace trace, SleepingLock kind) throws IOException {
        OptionalLong told = told(task, kind);
        return told.isPresent() ? told : found(task, trace, kind);
    }

    /// The mutex that the task itself names (since 6.19, before for debugging only).
    private static OptionalLong told(Task task, SleepingLock kind) {
        long mutex = kind.equals(SleepingLock.MUTEX)
                ? task.struct()
                        .find("blocked_on")
                        .filter(on -> on.type().name().contains("mutex "))
                        .map(KernelObject::unsigned)
                        .orElse(0L)
                : 0;
        return mutex == 0 ? OptionalLong.empty() : OptionalLong.of(mutex);
    }

    /// The lock that the task's record on its stack hangs in.
    private OptionalLong found(Task task, StackTrace trace, SleepingLock kind) throws IOException {
        Optional<StructType> waiter = kernel.types().findStruct(kind.waiter().struct());
        Optional<StructType> lock = kernel.types().findStruct(kind.lock().struct());
        if (waiter.isEmpty()
                || lock.isEmpty()
                || lock.get().memberAt(kind.lock().list()).isEmpty()
                || waiter.get().memberAt(kind.waiter().links()).isEmpty()) {
            return OptionalLong.empty();
        }
        AddressSpace space = kernel.space();
        long taskOffset = waiter.get().offsetOf(kind.waiter().task());
        long links = waiter.get().offsetOf(kind.waiter().links());
        long low = trace.frames().getFirst().stackPointer();
        long high = task.stack() + kernel.stacks().taskStackBytes();
        for (long at = low; Long.compareUnsigned(at, high) < 0; at += space.wordBytes()) {
            if (space.readWord(at) == task.address()) {
                OptionalLong head = head(at - taskOffset + links);
                if (head.isPresent()) {
                    return OptionalLong.of(
                            head.getAsLong() - lock.get().offsetOf(kind.lock().list()));
                }
            }
        }
        return OptionalLong.empty();
    }

    /// The head of the ring that an entry is in: the one link that lies on no task's stack.
    private OptionalLong head(long entry) throws IOException {
        AddressSpace space = kernel.space();
        long node = entry;
        try {
            for (int passed = 0; passed < MOST_WAITERS; passed++) {
                long next = space.readWord(node);
                if (next == 0 || space.readWord(next + space.wordBytes()) != node || next == entry) {
                    return OptionalLong.empty();
                }
                if (stacks.at(next).isEmpty()) {
                    return OptionalLong.of(next);
                }
                node = next;
            }
        } catch (MemoryFault noRing) {
            return OptionalLong.empty();
        }
        return OptionalLong.empty();
    }
}
