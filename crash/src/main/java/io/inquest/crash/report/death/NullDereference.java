package io.inquest.crash.report.death;

import io.inquest.crash.report.DeathKind;
import io.inquest.crash.report.Fact;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// A pointer was NULL, and somebody went a few bytes from there.
final class NullDereference implements DeathAnalyzer {

    @Override
    public Set<DeathKind> kinds() {
        return Set.of(DeathKind.NULL_DEREF);
    }

    @Override
    public Finding find(Evidence evidence) {
        MemoryAccess access = MemoryAccess.of(evidence.event());
        List<Fact> facts = new ArrayList<>();
        if (!access.address().isEmpty()) {
            facts.add(new Fact("fault address", access.address()));
        }
        access.bits()
                .filter(bits -> bits != 0)
                .ifPresent(bits -> facts.add(new Fact(
                        "likely",
                        "a member 0x" + Long.toHexString(bits) + " bytes into a structure whose pointer was NULL")));
        if (access.verb().equals("instruction fetch")) {
            facts.add(new Fact("likely", "a call through a function pointer that was NULL"));
        }
        return new Finding("NULL pointer dereference" + access.describe() + evidence.where(), facts);
    }
}
