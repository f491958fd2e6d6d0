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
            if (isNonCanonical(register.value())) {
                Optional<String> known = KnownValue.describe(register.value());
                facts.add(new Fact(
                        "not an address: " + register.name(),
                        "0x" + Long.toHexString(register.value())
                                + known.map(what -> " (" + what + ")").orElse("")));
            }
        }
        return new Finding("General protection fault" + access.describe() + evidence.where(), facts);
    }

    /// Of x86-64: neither all of the upper 16 bits are zero nor are all set.
    private static boolean isNonCanonical(long value) {
        long upper = value >> 47;
        return upper != 0 && upper != -1;
    }
}
