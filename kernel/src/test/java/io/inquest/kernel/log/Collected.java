package io.inquest.kernel.log;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// All records of a log, and how it ended.
record Collected(List<LogRecord> records, LogEnd end) {

    static Collected of(KernelLog log, LogRange range) throws IOException {
        List<LogRecord> records = new ArrayList<>();
        LogEnd end = log.visit(range, records::add);
        return new Collected(records, end);
    }

    static Collected of(KernelLog log) throws IOException {
        return of(log, LogRange.ALL);
    }

    List<String> texts() {
        return records.stream()
                .map(record ->
                        StandardCharsets.UTF_8.decode(record.text().duplicate()).toString())
                .toList();
    }
}
