package io.inquest.crash.report.log;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Finds what a log tells of deaths and near-deaths, in its order.
///
/// Where the log says who wrote a line, lines of other tasks and CPUs between those of an event are left out of
/// it; a line that a console wrapped in the middle is joined again.
public final class EventReader {

    private static final EventTable TABLE = EventTable.read();

    private final Map<String, EventBlock> open = new HashMap<>();
    private final List<EventBlock> blocks = new ArrayList<>();
    private @Nullable EventBlock asked;

    private EventReader() {}

    /// The events of a log, oldest first.
    public static List<LoggedEvent> events(List<LogLine> lines) {
        EventReader reader = new EventReader();
        for (LogLine line : WrappedLines.join(lines)) {
            if (line.whole()) {
                reader.take(line);
            }
        }
        return reader.blocks.stream().map(EventBlock::event).toList();
    }

    private void take(LogLine line) {
        EventBlock current = open.get(line.caller());
        Optional<EventTable.Match> match = TABLE.match(line.text());
        if (match.isEmpty()) {
            takeMore(current, line);
        } else if (current != null && current.open() && current.absorbs(match.get())) {
            current.absorb(match.get(), line);
        } else {
            EventBlock block = new EventBlock(match.get(), line);
            open.put(line.caller(), block);
            blocks.add(block);
        }
    }

    /// A CPU that was sent an NMI shows itself, in its own name.
    private void takeMore(@Nullable EventBlock current, LogLine line) {
        if (current != null && current.open()) {
            current.take(line);
            asked = line.text().contains("Sending NMI from CPU") ? current : asked;
        } else if (asked != null && asked.open()) {
            asked.take(line);
        }
    }
}
