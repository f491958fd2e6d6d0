package io.inquest.crash.command.memory;

import io.inquest.crash.result.Ending;
import io.inquest.crash.result.Layout;
import io.inquest.crash.result.Result;
import io.inquest.crash.result.TextWriter;
import io.inquest.output.JsonWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/// Units of memory in rows of 16 bytes.
///
/// ```
/// ffffffff9ab51580:  65762078756e694c 2e36206e6f697372   Linux version 6.
/// ```
///
/// @param source where they are read
/// @param unitBytes 1, 2, 4 or 8
/// @param order in which the bytes of a unit are taken
/// @param cells how a unit is spelled
/// @param withText whether the bytes stand beside it as characters
record MemoryRows(Source source, int unitBytes, ByteOrder order, Cells cells, boolean withText) {

    private static final int ROW_BYTES = 16;
    private static final int ADDRESS_WIDTH = 16;

    /// Some units side by side.
    ///
    /// @param text their bytes as characters
    record Row(long address, List<Long> units, String text) {}

    /// The rows from `start` on.
    Result from(long start, long count) {
        return Result.rows(
                "memory",
                sink -> {
                    int perRow = ROW_BYTES / unitBytes;
                    for (long done = 0; done < count; done += perRow) {
                        sink.take(row(start + done * unitBytes, (int) Math.min(perRow, count - done)));
                    }
                    return Ending.COMPLETE;
                },
                new RowLayout());
    }

    private Row row(long address, int units) throws IOException {
        byte[] read = source.read(address, units * unitBytes, source.kind().type(unitBytes * Byte.SIZE));
        ByteBuffer bytes = ByteBuffer.wrap(read).order(order);
        List<Long> values = new ArrayList<>(units);
        for (int i = 0; i < units; i++) {
            values.add(
                    switch (unitBytes) {
                        case 1 -> bytes.get() & 0xffL;
                        case 2 -> bytes.getShort() & 0xffffL;
                        case 4 -> bytes.getInt() & 0xffff_ffffL;
                        default -> bytes.getLong();
                    });
        }
        return new Row(address, values, characters(read));
    }

    private static String characters(byte[] bytes) {
        StringBuilder text = new StringBuilder(bytes.length);
        for (byte b : bytes) {
            text.append(b >= 0x20 && b < 0x7f ? (char) b : '.');
        }
        return text.toString();
    }

    private final class RowLayout implements Layout<Row> {

        @Override
        public void text(Row row, TextWriter out) throws IOException {
            out.hex(row.address(), ADDRESS_WIDTH).text(":  ");
            int cellWidth = 2 * unitBytes + 1;
            for (long unit : row.units()) {
                out.text(cells.cell(unit));
            }
            if (withText) {
                out.blanks((ROW_BYTES / unitBytes - row.units().size()) * cellWidth)
                        .text("  ");
                out.text(row.text());
            }
            out.newLine();
        }

        @Override
        public void members(Row row, JsonWriter json) throws IOException {
            json.name("address").hex(row.address()).name("units").beginArray();
            for (long unit : row.units()) {
                json.hex(unit);
            }
            json.endArray();
            json.name("text").value(row.text());
        }
    }
}
