package io.inquest.crash.report.log;

import io.inquest.crash.report.CallFrame;
import io.inquest.crash.report.DeathKind;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Something bad that the log tells of, with all that it says about it.
///
/// @param kind how bad, and of which kind
/// @param wrapper whether it is but a panic whose event the log does not hold
/// @param panic the line in which the kernel said that it gives up because of this; absent if it went on
/// @param head the line that named the kind
/// @param held what was read out of that line, such as `address` or `cpu`
/// @param task who was running
/// @param trap the function whose registers were saved
/// @param frames backtraces by section, innermost frame first
/// @param registers as logged
/// @param modules as logged; mostly the same in all events of a log
/// @param lockSites functions at which lockdep saw the locks taken
/// @param lines everything that belongs to it
public record LoggedEvent(
        DeathKind kind,
        boolean wrapper,
        Optional<LogLine> panic,
        LogLine head,
        Map<String, String> held,
        OopsTask task,
        Optional<CallFrame> trap,
        Map<TraceSection, List<CallFrame>> frames,
        List<LoggedRegister> registers,
        List<LoggedModule> modules,
        List<String> lockSites,
        List<LogLine> lines) {

    /// The backtrace of a section; empty if the log has none.
    public List<CallFrame> trace(TraceSection section) {
        return frames.getOrDefault(section, List.of());
    }

    /// What the head's line says of something, such as `address`; empty if it does not.
    public String held(String name) {
        return held.getOrDefault(name, "");
    }

    /// The first of the event's lines that holds some words.
    public Optional<String> lineWith(String words) {
        return lines.stream()
                .map(LogLine::text)
                .filter(text -> text.contains(words))
                .findFirst();
    }
}
