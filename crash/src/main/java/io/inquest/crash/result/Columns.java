package io.inquest.crash.result;

import io.inquest.output.JsonWriter;
import java.io.IOException;
import java.util.List;

/// A table with a heading: columns of fixed width with a gap of blanks between them.
///
/// For the shapes of crash, whose columns do not grow with what they hold. The heading stands as its cells do,
/// unless the table brings its own line.
public final class Columns<R> implements Layout<R> {

    private final String heading;
    private final boolean always;
    private final String gap;
    private final List<Column<R>> columns;

    private boolean begun;

    private Columns(String heading, boolean always, String gap, List<Column<R>> columns) {
        this.heading = heading;
        this.always = always;
        this.gap = gap;
        this.columns = List.copyOf(columns);
    }

    /// Columns two blanks apart, under their own headings.
    public static <R> Columns<R> of(List<Column<R>> all) {
        StringBuilder heading = new StringBuilder();
        for (Column<R> column : all) {
            heading.append(heading.isEmpty() ? "" : "  ");
            String blanks = " "
                    .repeat(Math.max(
                            0, Math.abs(column.width()) - column.heading().length()));
            heading.append(column.width() < 0 ? column.heading() + blanks : blanks + column.heading());
        }
        return new Columns<>(heading.toString().stripTrailing(), true, "  ", all);
    }

    /// Columns under a line that is given as it is; an empty one leaves it out.
    public static <R> Columns<R> under(String heading, String gap, List<Column<R>> columns) {
        return new Columns<>(heading, true, gap, columns);
    }

    /// The same, with the line only if there is a row.
    public static <R> Columns<R> underIfAny(String heading, String gap, List<Column<R>> columns) {
        return new Columns<>(heading, false, gap, columns);
    }

    @Override
    public void begin(TextWriter out) throws IOException {
        begun = always;
        if (always && !heading.isEmpty()) {
            out.line(heading);
        }
    }

    @Override
    public void text(R row, TextWriter out) throws IOException {
        if (!begun) {
            begun = true;
            out.line(heading);
        }
        for (int i = 0; i < columns.size(); i++) {
            if (i > 0) {
                out.text(gap);
            }
            columns.get(i).text(row, out);
        }
        out.newLine();
    }

    @Override
    public void members(R row, JsonWriter json) throws IOException {
        for (Column<R> column : columns) {
            column.member(row, json);
        }
    }
}
