package io.inquest.crash.report.death;

import io.inquest.crash.report.DeathKind;
import io.inquest.crash.report.Fact;
import java.util.List;
import java.util.Set;

/// A stack that was overwritten: the canary between a function's variables and its return address, or the mark at
/// the stack's end, is not what it was.
final class StackCorruption implements DeathAnalyzer {

    @Override
    public Set<DeathKind> kinds() {
        return Set.of(DeathKind.STACK_PROTECTOR, DeathKind.STACK_END);
    }

    @Override
    public Finding find(Evidence evidence) {
        if (evidence.event().kind() == DeathKind.STACK_END) {
            return new Finding(
                    "The end of the kernel stack was overwritten" + evidence.where(),
                    List.of(new Fact("likely", "the stack overflowed; the scheduler only notices it later")));
        }
        return new Finding(
                "A function's stack frame was overwritten" + evidence.where(),
                List.of(new Fact("likely", "a local array was written beyond its end")));
    }
}
