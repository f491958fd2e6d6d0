package io.inquest.crash.report.death;

import io.inquest.crash.report.DeathKind;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// All analyzers; the list is the table of contents of what Inquest knows about dying.
public final class Analyzers {

    static final List<DeathAnalyzer> ALL = List.of(
            new NullDereference(),
            new BadPageFault(),
            new GeneralProtection(),
            new MemoryDebugReport(),
            new ListCorruption(),
            new BadPage(),
            new ProcessorFault(),
            new KernelBug(),
            new KernelWarning(),
            new DataRace(),
            new MemoryLeak(),
            new LockOrder(),
            new AtomicContext(),
            new StackOverflow(),
            new StackCorruption(),
            new SoftLockup(),
            new HardLockup(),
            new RcuStall(),
            new WorkqueueLockup(),
            new HungTask(),
            new OutOfMemory(),
            new InitDied(),
            new MachineCheck(),
            new UnknownNmi(),
            new NothingToBoot(),
            new CrashOnRequest(),
            new PlainPanic());

    private static final Map<DeathKind, DeathAnalyzer> BY_KIND = byKind();

    private Analyzers() {}

    /// What the analyzer of the event's kind makes of it.
    public static Finding find(Evidence evidence) {
        DeathAnalyzer analyzer = BY_KIND.get(evidence.event().kind());
        if (analyzer == null) {
            throw new IllegalStateException("nobody knows " + evidence.event().kind());
        }
        return analyzer.find(evidence);
    }

    private static Map<DeathKind, DeathAnalyzer> byKind() {
        Map<DeathKind, DeathAnalyzer> byKind = new EnumMap<>(DeathKind.class);
        for (DeathAnalyzer analyzer : ALL) {
            analyzer.kinds().forEach(kind -> byKind.put(kind, analyzer));
        }
        return byKind;
    }
}
