package io.inquest.fuzz;

import java.util.ArrayList;
import java.util.List;

/// All readers of outside bytes.
final class Targets {

    private static final List<Target> ALL = make();

    private Targets() {}

    static List<Target> all() {
        return ALL;
    }

    private static List<Target> make() {
        List<Target> targets = new ArrayList<>();
        targets.addAll(DumpTargets.all());
        targets.addAll(CodecTargets.all());
        targets.addAll(MachineTargets.all());
        targets.addAll(SymbolTargets.all());
        targets.addAll(TextTargets.all());
        targets.addAll(SampleTargets.all());
        return targets;
    }

    static Target named(String name) {
        return all().stream()
                .filter(target -> target.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no target \"" + name + "\""));
    }
}
