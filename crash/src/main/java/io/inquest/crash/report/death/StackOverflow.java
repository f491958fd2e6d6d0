package io.inquest.crash.report.death;

import io.inquest.crash.report.CallFrame;
import io.inquest.crash.report.DeathKind;
import io.inquest.crash.report.Fact;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The kernel's stack ran out: a recursion, or frames that are too large. A double fault is what the processor
/// makes of it where there is no guard page, and what it makes of a broken stack pointer.
final class StackOverflow implements DeathAnalyzer {

    private static final int RECURSION = 3;

    @Override
    public Set<DeathKind> kinds() {
        return Set.of(DeathKind.STACK_GUARD, DeathKind.DOUBLE_FAULT);
    }

    @Override
    public Finding find(Evidence evidence) {
        List<Fact> facts = new ArrayList<>();
        if (isShown(evidence.event().held("address"))) {
            evidence.addHeld(facts, "address", "address");
        }
        Optional<Map.Entry<String, Integer>> most = mostRepeated(evidence.backtrace());
        most.ifPresent(entry -> facts.add(
                new Fact("recursion", entry.getKey() + " is " + entry.getValue() + " times in the backtrace")));
        String what = evidence.event().kind() == DeathKind.DOUBLE_FAULT ? "Double fault" : "Kernel stack overflow";
        return new Finding(what + (most.isPresent() ? " by recursion" : "") + evidence.where(), facts);
    }

    /// The kernel prints a hash of 32 bits in place of most addresses, unless it is booted with `no_hash_pointers`
    /// (`%p`, since 4.15, ad67b74d2469), and `(____ptrval____)` before it can make one.
    private static boolean isShown(String address) {
        return !address.startsWith("00000000") && !address.startsWith("(");
    }

    private static Optional<Map.Entry<String, Integer>> mostRepeated(List<CallFrame> backtrace) {
        Map<String, Integer> times = new HashMap<>();
        backtrace.stream()
                .filter(frame -> frame.trust().reliable())
                .forEach(frame -> times.merge(frame.function(), 1, Integer::sum));
        times.remove("");
        return times.entrySet().stream()
                .filter(entry -> entry.getValue() >= RECURSION)
                .max(Map.Entry.<String, Integer>comparingByValue().thenComparing(Map.Entry.comparingByKey()));
    }
}
