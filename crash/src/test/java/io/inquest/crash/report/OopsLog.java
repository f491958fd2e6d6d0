package io.inquest.crash.report;

import io.inquest.crash.report.log.EventReader;
import io.inquest.crash.report.log.LogLines;
import io.inquest.crash.report.log.Story;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// One of the logs in the test's resources, with what is expected of it.
///
/// @param file its name
/// @param text the log
/// @param expected the columns of its row in `EXPECTED.tsv`, by their names
public record OopsLog(String file, String text, Map<String, String> expected) {

    private static final String BEGINS = "# ---- log begins ----\n";

    public static List<OopsLog> all() {
        List<List<String>> rows = TabTable.text(OopsLog.class, "oops/EXPECTED.tsv")
                .lines()
                .map(line -> List.of(line.split("\t", -1)))
                .toList();
        List<String> names = rows.getFirst();
        return rows.stream()
                .skip(1)
                .map(row -> of(
                        row.getFirst(),
                        java.util.stream.IntStream.range(0, names.size())
                                .boxed()
                                .collect(Collectors.toMap(names::get, row::get))))
                .toList();
    }

    /// The log whose file begins with a number.
    public static OopsLog numbered(String number) {
        return all().stream()
                .filter(log -> log.file().startsWith(number))
                .findFirst()
                .orElseThrow();
    }

    private static OopsLog of(String file, Map<String, String> expected) {
        String whole = TabTable.text(OopsLog.class, "oops/" + file);
        return new OopsLog(file, whole.substring(whole.indexOf(BEGINS) + BEGINS.length()), expected);
    }

    public Story story() {
        return Story.of(EventReader.events(LogLines.of(text)));
    }

    /// What is expected in a column; empty if there is no such column.
    public String expected(String column) {
        return expected.getOrDefault(column, "");
    }

    @Override
    public String toString() {
        return file;
    }
}
