package io.inquest.capture.config.read;

import java.util.List;

/// What somebody may have meant who wrote a name that there is not.
final class Spelling {

    /// More changes than this make any short name out of any other.
    private static final int MOST_CHANGES = 3;

    private Spelling() {}

    /// A question to append to a message, empty where no name is near.
    static String question(String written, List<String> names) {
        String nearest = "";
        int fewest = Math.min(MOST_CHANGES, Math.max(1, written.length() / 4)) + 1;
        for (String name : names) {
            int changes = changes(written, name);
            if (changes < fewest) {
                fewest = changes;
                nearest = name;
            }
        }
        return nearest.isEmpty() ? "" : "; did you mean " + nearest + "?";
    }

    /// Characters to insert, delete or replace (Levenshtein's distance).
    private static int changes(String from, String to) {
        int[] row = new int[to.length() + 1];
        for (int column = 0; column < row.length; column++) {
            row[column] = column;
        }
        for (int line = 1; line <= from.length(); line++) {
            int diagonal = row[0];
            row[0] = line;
            for (int column = 1; column < row.length; column++) {
                int above = row[column];
                int replaced = diagonal + (from.charAt(line - 1) == to.charAt(column - 1) ? 0 : 1);
                row[column] = Math.min(replaced, Math.min(above, row[column - 1]) + 1);
                diagonal = above;
            }
        }
        return row[to.length()];
    }
}
