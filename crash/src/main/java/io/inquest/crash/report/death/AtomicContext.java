package io.inquest.crash.report.death;

import io.inquest.crash.report.DeathKind;
import io.inquest.crash.report.Fact;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Sleeping, or using what may move to another CPU, where preemption is off.
///
/// | Bits of preempt_count | Counts                  |
/// |-----------------------|-------------------------|
/// | 0–7                   | preemption disabled     |
/// | 8–15                  | softirqs                |
/// | 16–19                 | hard interrupts         |
/// | 20–23                 | NMIs                    |
///
/// Source: include/linux/preempt.h.
final class AtomicContext implements DeathAnalyzer {

    @Override
    public Set<DeathKind> kinds() {
        return Set.of(DeathKind.ATOMIC_SCHED, DeathKind.ATOMIC_SLEEP, DeathKind.PREEMPT);
    }

    @Override
    public Finding find(Evidence evidence) {
        List<Fact> facts = evidence.sourceLine();
        String task = evidence.event().held("task");
        int slash = task.lastIndexOf('/');
        if (slash >= 0) {
            facts.addAll(decode(task.substring(slash + 1)));
        }
        evidence.event().lineWith("in_atomic()").ifPresent(line -> facts.add(new Fact("context", line.strip())));
        evidence.event().lineWith("locks held by").ifPresent(line -> facts.add(new Fact("locks", line.strip())));
        evidence.event().lineWith("Preemption disabled at").ifPresent(line -> facts.add(new Fact("", line.strip())));
        String what = switch (evidence.event().kind()) {
            case ATOMIC_SCHED -> "A task gave up the CPU where it must not";
            case ATOMIC_SLEEP -> "A function that may sleep was called where sleeping is forbidden";
            default -> "Preemption was not as the code needs it";
        };
        return new Finding(what + evidence.where(), facts);
    }

    private static List<Fact> decode(String text) {
        List<Fact> facts = new ArrayList<>();
        try {
            int count = Integer.parseUnsignedInt(text.startsWith("0x") ? text.substring(2) : text, 16);
            facts.add(new Fact(
                    "preempt_count",
                    "0x" + Integer.toHexString(count) + ": preemption disabled " + (count & 0xff) + ", softirq "
                            + (count >>> 8 & 0xff) + ", hard interrupt " + (count >>> 16 & 0xf) + ", NMI "
                            + (count >>> 20 & 0xf)));
        } catch (NumberFormatException e) {
            facts.add(new Fact("preempt_count", text));
        }
        return facts;
    }
}
