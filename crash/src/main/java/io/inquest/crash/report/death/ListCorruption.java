package io.inquest.crash.report.death;

import io.inquest.crash.report.DeathKind;
import io.inquest.crash.report.Fact;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// A list whose entries do not point at each other: one of them was freed, removed twice, or overwritten.
final class ListCorruption implements DeathAnalyzer {

    @Override
    public Set<DeathKind> kinds() {
        return Set.of(DeathKind.LIST_CORRUPTION);
    }

    @Override
    public Finding find(Evidence evidence) {
        List<Fact> facts = new ArrayList<>();
        String line = evidence.event()
                .lineWith("list_")
                .filter(text -> text.contains("corruption") || text.contains("double add"))
                .orElse("");
        if (!line.isEmpty()) {
            facts.add(new Fact("the kernel says", line));
        }
        if (line.contains("LIST_POISON") || line.contains("dead0000000001")) {
            facts.add(new Fact("likely", "the entry was removed before: removed twice, or used after it was freed"));
        } else if (line.contains("6b6b6b6b")) {
            facts.add(new Fact("likely", "an entry was freed while it was on the list"));
        } else if (line.contains("double add")) {
            facts.add(new Fact("likely", "the entry was on the list already"));
        } else {
            facts.add(new Fact("likely", "an entry was freed, reused or overwritten while it was on the list"));
        }
        String verb = line.contains("list_add") ? " while adding an entry" : " while removing an entry";
        return new Finding("A corrupted list was found" + (line.isEmpty() ? "" : verb) + evidence.where(), facts);
    }
}
