package io.inquest.kernel.task;

/// What a task is doing, as the kernel reports it (kernel: `fs/proc/array.c`, `include/linux/sched.h`).
public enum TaskState {
    RUNNING('R', "running"),
    SLEEPING('S', "sleeping"),
    /// Waits and cannot be woken by signals; counts as load.
    UNINTERRUPTIBLE('D', "disk sleep"),
    STOPPED('T', "stopped"),
    TRACED('t', "tracing stop"),
    DEAD('X', "dead"),
    ZOMBIE('Z', "zombie"),
    PARKED('P', "parked"),
    /// Waits as in [#UNINTERRUPTIBLE], but has nothing to do.
    IDLE('I', "idle"),
    /// Made and not woken yet.
    NEW('R', "new"),
    /// Being woken.
    WAKING('R', "waking");

    private static final long INTERRUPTIBLE_BIT = 0x1;
    private static final long UNINTERRUPTIBLE_BIT = 0x2;
    private static final long STOPPED_BIT = 0x4;
    private static final long TRACED_BIT = 0x8;
    private static final long EXIT_DEAD_BIT = 0x10;
    private static final long EXIT_ZOMBIE_BIT = 0x20;
    private static final long PARKED_BIT = 0x40;
    private static final long DEAD_BIT = 0x80;
    private static final long WAKING_BIT = 0x200;
    private static final long NOLOAD_BIT = 0x400;
    private static final long NEW_BIT = 0x800;

    /// Bits of the wait for a lock that sleeps, and of the freezer: both count as uninterruptible.
    private static final long WAITS_BITS = UNINTERRUPTIBLE_BIT | 0x1000 | 0x8000;

    private final char letter;
    private final String words;

    TaskState(char letter, String words) {
        this.letter = letter;
        this.words = words;
    }

    /// The state that these bits mean.
    ///
    /// Bits are tested from the last state of a task's life to the first, as several may be set. Their values are
    /// those since 4.14 (8ef9925b02c2); tasks that only run or sleep looked the same before.
    static TaskState of(long state, long exitState) {
        long bits = state | exitState;
        if ((bits & (EXIT_ZOMBIE_BIT | EXIT_DEAD_BIT)) != 0) {
            return (bits & EXIT_ZOMBIE_BIT) != 0 ? ZOMBIE : DEAD;
        }
        if ((bits & DEAD_BIT) != 0) {
            return DEAD;
        }
        if ((bits & (PARKED_BIT | TRACED_BIT | STOPPED_BIT)) != 0) {
            return (bits & PARKED_BIT) != 0 ? PARKED : (bits & TRACED_BIT) != 0 ? TRACED : STOPPED;
        }
        return sleeping(bits);
    }

    private static TaskState sleeping(long bits) {
        if ((bits & WAITS_BITS) != 0) {
            return (bits & NOLOAD_BIT) != 0 ? IDLE : UNINTERRUPTIBLE;
        }
        if ((bits & INTERRUPTIBLE_BIT) != 0) {
            return SLEEPING;
        }
        if ((bits & WAKING_BIT) != 0) {
            return WAKING;
        }
        return (bits & NEW_BIT) != 0 ? NEW : RUNNING;
    }

    /// The letter in `/proc/PID/stat`.
    public char letter() {
        return letter;
    }

    /// The words in `/proc/PID/status`, and for states that it does not tell apart the kernel's.
    public String words() {
        return words;
    }
}
