package io.inquest.output;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// Rows under a header, in columns as wide as their widest cell, two spaces apart.
///
/// ```
/// STATE        PAGES      SIZE
/// stored      18,906  73.8 MiB
/// excluded    40,100   157 MiB
/// ```
///
/// Cells are made terminal-safe here, so that callers may pass text from a dump as it is.
public final class Table {

    private static final String GAP = "  ";

    private final List<Column> columns;
    private final List<List<String>> rows = new ArrayList<>();

    private Table(List<Column> columns) {
        this.columns = columns;
    }

    /// A column's heading, and to which side its cells go: words to the left, numbers to the right.
    public record Column(String heading, Side side) {

        public static Column words(String heading) {
            return new Column(heading, Side.LEFT);
        }

        public static Column numbers(String heading) {
            return new Column(heading, Side.RIGHT);
        }
    }

    /// The side of its column that a cell's text touches.
    public enum Side {
        LEFT,
        RIGHT
    }

    public static Table of(Column... columns) {
        return new Table(List.of(columns));
    }

    /// Adds a row with one cell for each column.
    public Table row(String... cells) {
        if (cells.length != columns.size()) {
            throw new IllegalArgumentException(cells.length + " cells for " + columns.size() + " columns");
        }
        List<String> safe = new ArrayList<>(cells.length);
        for (String cell : cells) {
            safe.add(SafeText.line(cell));
        }
        rows.add(safe);
        return this;
    }

    public void writeTo(Appendable out) throws IOException {
        List<String> header = new ArrayList<>(columns.size());
        for (Column column : columns) {
            header.add(column.heading());
        }
        int[] widths = new int[columns.size()];
        widen(widths, header);
        for (List<String> row : rows) {
            widen(widths, row);
        }
        writeRow(out, header, widths);
        for (List<String> row : rows) {
            writeRow(out, row, widths);
        }
    }

    private static void widen(int[] widths, List<String> row) {
        for (int column = 0; column < widths.length; column++) {
            widths[column] = Math.max(widths[column], width(row.get(column)));
        }
    }

    private void writeRow(Appendable out, List<String> row, int[] widths) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int column = 0; column < widths.length; column++) {
            String cell = row.get(column);
            String padding = " ".repeat(widths[column] - width(cell));
            line.append(column == 0 ? "" : GAP);
            switch (columns.get(column).side()) {
                case LEFT -> line.append(cell).append(padding);
                case RIGHT -> line.append(padding).append(cell);
            }
        }
        out.append(line.toString().stripTrailing()).append('\n');
    }

    private static int width(String cell) {
        return cell.codePointCount(0, cell.length());
    }
}
