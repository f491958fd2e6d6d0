package io.inquest.crash.report.death;

import io.inquest.crash.report.AnnotatedRegister;
import io.inquest.crash.report.DeathKind;
import io.inquest.crash.report.Fact;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// An address that no mapping could ever have, or a privilege that the kernel itself lacks.
final class GeneralProtection implements DeathAnalyzer {

    private static final String KASAN_HINT = "KASAN: ";

    @Override
    public Set<DeathKind> kinds() {
        return Set.of(DeathKind.GPF);
    }

    @Override
    public Finding find(Evidence evidence) {
        MemoryAccess access = MemoryAccess.of(evidence.event());
        List<Fact> facts = access.facts();
        evidence.event()
                .lineWith(KASAN_HINT)
                .filter(line -> line.startsWith(KASAN_HINT))
                .ifPresent(line -> facts.add(new Fact("KASAN says", line.substring(KASAN_HINT.length()))));
        for (AnnotatedRegister register : evidence.registers()) {
            Optional<String> known = KnownValue.describe(register.value());
            if (isNonCanonical(register.value()) && known.isPresent()) {
                facts.add(new Fact(
                        register.name() + " holds", "0x" + Long.toHexString(register.value()) + ": " + known.get()));
            }
        }
        facts.addAll(FreedObjects.of(evidence));
        boolean freed = access.bits().filter(KnownValue::isFreedPattern).isPresent();
        String what = freed ? "Use after free: general protection fault" : "General protection fault";
        return new Finding(what + access.describe() + evidence.where(), facts);
    }

    /// Of x86-64: neither are all of the upper bits zero nor all set, even with five levels of page tables.
    private static boolean isNonCanonical(long value) {
        long upper = value >> 56;
        return upper != 0 && upper != -1;
    }
}
