package io.inquest.crash.result;

import io.inquest.output.JsonWriter;
import java.io.IOException;

/// How rows of one kind look: as the text that crash users know, and as members of a JSON object.
public interface Layout<R> {

    /// What stands above the first row, also if there is none.
    default void begin(TextWriter out) throws IOException {}

    /// One row with its line end.
    void text(R row, TextWriter out) throws IOException;

    /// What stands between two rows.
    default void between(TextWriter out) throws IOException {}

    /// What stands below the last row.
    default void end(TextWriter out) throws IOException {}

    /// The members of the row's JSON object, whose braces are written already. Addresses are [JsonWriter#hex].
    void members(R row, JsonWriter json) throws IOException;
}
