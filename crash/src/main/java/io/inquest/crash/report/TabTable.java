package io.inquest.crash.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// A table kept as a resource beside a class: rows of tab-separated columns; `#` begins a line of comment.
public final class TabTable {

    private TabTable() {}

    /// The rows, in the file's order. That the resource is there and well-formed is part of the program.
    public static List<List<String>> rows(Class<?> beside, String name, int columns) {
        List<List<String>> rows = new ArrayList<>();
        for (String line : text(beside, name).split("\n", -1)) {
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            List<String> row = List.of(line.split("\t", -1));
            if (row.size() != columns) {
                throw new IllegalStateException(name + ": " + columns + " columns expected in: " + line);
            }
            rows.add(row);
        }
        return List.copyOf(rows);
    }

    /// The whole file.
    public static String text(Class<?> beside, String name) {
        try (InputStream in = beside.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("the program lacks its file " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
