package io.inquest.crash.report;

import java.util.Locale;
import java.util.Optional;

/// How a kernel died, in a fixed vocabulary: words may be added, never renamed.
///
/// The kind comes from the first real event, not from the panic that ends the log: `Fatal exception` and the like
/// only wrap it.
public enum DeathKind {
    NULL_DEREF(Family.MEM, "NULL pointer dereference"),
    PAGE_FAULT(Family.MEM, "page fault"),
    GPF(Family.MEM, "general protection fault"),
    USER_ACCESS(Family.MEM, "forbidden access to user memory"),
    KASAN(Family.MEM, "KASAN report"),
    KFENCE(Family.MEM, "KFENCE report"),
    KMSAN(Family.MEM, "KMSAN report"),
    ARM64_ABORT(Family.MEM, "external abort"),
    BAD_PAGE(Family.MEM, "bad page state"),
    LIST_CORRUPTION(Family.MEM, "list corruption"),

    DIVIDE(Family.FAULT, "divide error"),
    STACK_SEGMENT(Family.FAULT, "stack segment fault"),
    ALIGNMENT(Family.FAULT, "alignment trap"),
    UNHANDLED(Family.FAULT, "unhandled fault"),
    INT3(Family.FAULT, "breakpoint trap"),
    INVALID_OPCODE(Family.FAULT, "invalid opcode"),

    BUG(Family.BUG, "kernel BUG"),
    USERCOPY(Family.BUG, "bad copy to or from user memory"),

    WARN(Family.WARN, "warning"),
    UBSAN(Family.WARN, "UBSAN report"),
    REFCOUNT(Family.WARN, "reference count error"),
    ODEBUG(Family.WARN, "object debugging report"),

    KCSAN(Family.RACE, "data race"),
    LEAK(Family.LEAK, "memory leak"),

    LOCKDEP(Family.LOCKDEP, "possible deadlock"),
    RCU_USAGE(Family.LOCKDEP, "suspicious RCU usage"),
    HELD_LOCK(Family.LOCKDEP, "lock held too long"),

    ATOMIC_SCHED(Family.ATOMIC, "scheduling while atomic"),
    ATOMIC_SLEEP(Family.ATOMIC, "sleeping in an invalid context"),
    PREEMPT(Family.ATOMIC, "unbalanced preemption count"),

    STACK_GUARD(Family.STACK, "stack overflow"),
    DOUBLE_FAULT(Family.STACK, "double fault"),
    STACK_PROTECTOR(Family.STACK, "corrupted stack frame"),
    STACK_END(Family.STACK, "corrupted stack end"),

    SOFT_LOCKUP(Family.STALL, "soft lockup"),
    HARD_LOCKUP(Family.STALL, "hard lockup"),
    RCU_STALL(Family.STALL, "RCU stall"),
    WORKQUEUE_LOCKUP(Family.STALL, "workqueue lockup"),

    HUNG_TASK(Family.HANG, "hung task"),

    PANIC(Family.PANIC, "kernel panic"),
    KILL_INIT(Family.PANIC, "init died"),

    OOM(Family.OOM, "out of memory"),

    MCE(Family.HW, "machine check"),
    NMI_UNKNOWN(Family.HW, "unknown NMI"),
    EDAC_UE(Family.HW, "uncorrected memory error"),
    AER_FATAL(Family.HW, "fatal PCI Express error"),

    NO_ROOT(Family.BOOT, "no root file system"),
    NO_INIT(Family.BOOT, "no init found"),

    SYSRQ(Family.REQUEST, "crash by sysrq"),
    WATCHDOG_RESET(Family.REQUEST, "watchdog"),

    UNKNOWN(Family.UNKNOWN, "unknown death");

    private final Family family;
    private final String phrase;

    DeathKind(Family family, String phrase) {
        this.family = family;
        this.phrase = phrase;
    }

    public Family family() {
        return family;
    }

    /// The kind in a few words, for sentences and titles.
    public String phrase() {
        return phrase;
    }

    /// The word that keys and JSON use, such as `null-deref`; stable.
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /// The kind of a word that [#word] gave.
    public static Optional<DeathKind> ofWord(String word) {
        for (DeathKind kind : values()) {
            if (kind.word().equals(word)) {
                return Optional.of(kind);
            }
        }
        return Optional.empty();
    }
}
