package io.inquest.crash.report.log;

import io.inquest.crash.report.DeathKind;
import io.inquest.crash.report.TabTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Which lines tell of a death: the rows of `events.tsv`.
final class EventTable {

    /// Every row holds one of these words, nearly every other line of a log holds none.
    private static final List<String> WORDS = List.of(
            "BUG",
            "Oops",
            "ernel panic",
            "WARNING",
            "INFO: ",
            "nable to handle",
            "rror: ",
            "fault",
            "LOCKUP",
            "list_",
            "exception: ",
            "illegal operation",
            "invalid opcode",
            "int3: ",
            "divide error",
            "stack",
            "lignment",
            "usercopy: ",
            "refcount_t: ",
            "ODEBUG: ",
            "kmemleak: ",
            "Badness at",
            "panicked at",
            "softirq: ",
            "Machine Check",
            "SError",
            "NMI",
            "EDAC ",
            "AER: ",
            "ysRq",
            "ysrq",
            "ernel attempted",
            "detected buffer",
            "prefetch abort");

    private final List<Row> rows;

    /// What a line does in a story.
    enum Role {
        EVENT,
        VAGUE,
        SEQUEL,
        PANIC,
        WRAPPER
    }

    private record Row(Role role, DeathKind kind, LinePattern pattern) {}

    /// A line that a row fits.
    ///
    /// @param held what the pattern's holes hold, by their names
    record Match(Role role, DeathKind kind, Map<String, String> held) {}

    private EventTable(List<Row> rows) {
        this.rows = rows;
    }

    static EventTable read() {
        List<Row> rows = new ArrayList<>();
        for (List<String> row : TabTable.rows(EventTable.class, "events.tsv", 3)) {
            rows.add(new Row(
                    Role.valueOf(row.get(0).toUpperCase(Locale.ROOT)),
                    DeathKind.ofWord(row.get(1)).orElseThrow(() -> new IllegalStateException(row.get(1))),
                    LinePattern.of(row.get(2))));
        }
        return new EventTable(List.copyOf(rows));
    }

    /// The first row that fits.
    Optional<Match> match(String line) {
        if (WORDS.stream().noneMatch(line::contains)) {
            return Optional.empty();
        }
        for (Row row : rows) {
            Optional<Map<String, String>> held = row.pattern().match(line);
            if (held.isPresent()) {
                return Optional.of(new Match(row.role(), row.kind(), held.get()));
            }
        }
        return Optional.empty();
    }
}
