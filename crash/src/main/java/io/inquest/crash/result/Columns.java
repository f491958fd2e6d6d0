package io.inquest.crash.result;

import io.inquest.output.JsonWriter;
import java.io.IOException;
import java.util.List;

/// A table with a heading: columns of fixed width with a gap of blanks between them.
///
/// For the shapes of crash, whose columns do not grow with what they hold. The heading stands as its cells do, unless
/// the table brings its own line.
public final class Columns<R> implements Layout<R> {

    private final String heading;
    private final String gap;
    private final List<Column<R>> columns;

    private Columns(String heading, String gap, List<Column<R>> columns) {
        this.heading = heading;
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
        return new Columns<>(heading.toString().stripTrailing(), "  ", all);
    }

    /// Columns under a line that is given as it is; an empty one leaves it out.
    public static <R> Columns<R> under(String heading, String gap, List<Column<R>> columns) {
        return new Columns<>(heading, gap, columns);
    }

    @Override
    public void begin(TextWriter out) throws IOException {
        if (!heading.isEmpty()) {
            out.line(heading);
        }
    }

    @Override
    public void text(R row, TextWriter out) throws IOException {
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
