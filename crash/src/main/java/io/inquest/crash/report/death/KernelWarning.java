package io.inquest.crash.report.death;

import io.inquest.crash.report.DeathKind;
import io.inquest.crash.report.Fact;
import java.util.List;
import java.util.Set;

/// `WARN()` and what is built on it; deadly only where `panic_on_warn` is set, or when worse followed soon.
final class KernelWarning implements DeathAnalyzer {

    private static final String PANIC_ON_WARN = "panic_on_warn";

    @Override
    public Set<DeathKind> kinds() {
        return Set.of(DeathKind.WARN, DeathKind.UBSAN, DeathKind.REFCOUNT, DeathKind.ODEBUG);
    }

    @Override
    public Finding find(Evidence evidence) {
        List<Fact> facts = evidence.sourceLine();
        String what = switch (evidence.event().kind()) {
            case UBSAN -> "Undefined behaviour (" + evidence.event().held("what") + ")";
            case REFCOUNT -> "A reference count went wrong (" + evidence.event().held("what") + ")";
            case ODEBUG -> "An object was used against its life cycle";
            default -> {
                String file = evidence.event().held("file");
                yield "The kernel warned"
                        + (file.isEmpty()
                                ? ""
                                : " at " + file + ":" + evidence.event().held("line"));
            }
        };
        boolean panics = evidence.story()
                .panic()
                .filter(line -> line.text().contains(PANIC_ON_WARN))
                .isPresent();
        if (panics) {
            facts.add(new Fact(
                    "why that was deadly", "the kernel was told to panic at warnings (" + PANIC_ON_WARN + ")"));
        }
        return new Finding(what + evidence.where() + (panics ? "; it was told to panic at warnings" : ""), facts);
    }
}
