package io.inquest.crash.report.death;

import io.inquest.crash.report.AnnotatedRegister;
import io.inquest.crash.report.Fact;
import java.util.List;

/// Registers that point into slab objects which nobody owns any more: signs of a use after free.
final class FreedObjects {

    private static final String FREE = "free object ";

    private FreedObjects() {}

    /// One fact for each such register.
    static List<Fact> of(Evidence evidence) {
        return evidence.registers().stream()
                .filter(register -> register.note().startsWith(FREE))
                .map(FreedObjects::fact)
                .toList();
    }

    private static Fact fact(AnnotatedRegister register) {
        return new Fact(register.name() + " points at freed memory", register.note());
    }
}
