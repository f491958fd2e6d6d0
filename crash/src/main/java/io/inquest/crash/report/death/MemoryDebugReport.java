package io.inquest.crash.report.death;

import io.inquest.crash.report.DeathKind;
import io.inquest.crash.report.Fact;
import io.inquest.crash.report.log.LogLine;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// What KASAN, KFENCE or KMSAN caught: the wrong access itself, before it did harm elsewhere.
final class MemoryDebugReport implements DeathAnalyzer {

    private static final List<String> TELLING = List.of(
            "Read of size",
            "Write of size",
            "which belongs to the cache",
            "The buggy address is located",
            "llocated by task",
            "reed by task",
            "read at 0x",
            "write at 0x",
            "kfence-#",
            "Bytes ");

    @Override
    public Set<DeathKind> kinds() {
        return Set.of(DeathKind.KASAN, DeathKind.KFENCE, DeathKind.KMSAN);
    }

    @Override
    public Finding find(Evidence evidence) {
        String what = evidence.event().held("what");
        String access = access(evidence.event().lines());
        List<Fact> facts = new ArrayList<>();
        for (LogLine line : evidence.event().lines()) {
            if (TELLING.stream().anyMatch(line.text()::contains)) {
                facts.add(new Fact("", line.text().strip()));
            }
        }
        String tool = evidence.event().kind().name();
        return new Finding(
                tool + " caught " + article(what) + access + evidence.where(),
                facts.subList(0, Math.min(8, facts.size())));
    }

    private static String article(String what) {
        if (what.isEmpty()) {
            return "a wrong access";
        }
        return ("aeio".indexOf(what.charAt(0)) >= 0 ? "an " : "a ") + what;
    }

    private static String access(List<LogLine> lines) {
        for (LogLine line : lines) {
            if (line.text().startsWith("Read of size") || line.text().startsWith("Write of size")) {
                String text = line.text();
                int at = text.indexOf(" at addr");
                String sized = text.substring(0, at < 0 ? text.length() : at);
                return " (" + Character.toLowerCase(sized.charAt(0)) + sized.substring(1) + ")";
            }
        }
        return "";
    }
}
