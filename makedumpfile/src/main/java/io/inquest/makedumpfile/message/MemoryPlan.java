package io.inquest.makedumpfile.message;

import io.inquest.output.ByteSize;
import io.inquest.output.JsonWriter;
import io.inquest.output.Table;
import io.inquest.output.Table.Column;
import java.io.IOException;
import java.util.List;

/// The memory that making a dump takes at most, part by part (`--memory-plan`).
///
/// @param machineBytes memory of the machine that is dumped
/// @param threads that pack
/// @param parts what takes memory
public record MemoryPlan(long machineBytes, int threads, List<Part> parts) {

    /// One thing that takes memory.
    public record Part(String name, String label, long bytes) {}

    public MemoryPlan {
        parts = List.copyOf(parts);
    }

    /// All parts together.
    public long totalBytes() {
        long total = 0;
        for (Part part : parts) {
            total += part.bytes;
        }
        return total;
    }

    /// The table for people.
    public String text() throws IOException {
        StringBuilder text = new StringBuilder(1024).append("\nTo dump a machine of ");
        text.append(ByteSize.format(machineBytes)).append(" with ").append(threads);
        text.append(threads == 1 ? " thread takes at most:\n\n" : " threads takes at most:\n\n");
        Table table = Table.of(Column.numbers("MEMORY"), Column.words("FOR"));
        for (Part part : parts) {
            table.row(ByteSize.format(part.bytes), part.label);
        }
        table.row(ByteSize.format(totalBytes()), "all together");
        table.writeTo(text);
        return text.toString();
    }

    /// The same as members of the JSON object that `json` is in.
    void members(JsonWriter json) throws IOException {
        json.name("machineBytes").value(machineBytes).name("threads").value(threads);
        json.name("parts").beginObject();
        for (Part part : parts) {
            json.name(part.name).value(part.bytes);
        }
        json.endObject().name("totalBytes").value(totalBytes());
    }
}
