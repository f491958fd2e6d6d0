package io.inquest.crash.command.system;

import io.inquest.crash.result.Layout;
import io.inquest.crash.result.TextWriter;
import io.inquest.kernel.system.Taint;
import io.inquest.output.JsonWriter;
import java.io.IOException;
import java.util.List;

/// What taints a kernel.
record Taints(long mask, List<Taint> taints) {

    /// `TAINTED_MASK: 201  PW`, then what the letters mean, which crash leaves to the reader.
    static final class TaintsLayout implements Layout<Taints> {

        @Override
        public void text(Taints row, TextWriter out) throws IOException {
            out.text("TAINTED_MASK: ").hex(row.mask());
            out.text(row.taints().isEmpty() ? "" : "  ");
            for (Taint taint : row.taints()) {
                out.text(String.valueOf(taint.letter()));
            }
            out.newLine();
            for (Taint taint : row.taints()) {
                out.text("  ").text(String.valueOf(taint.letter())).text("  ").line(taint.meaning());
            }
        }

        @Override
        public void members(Taints row, JsonWriter json) throws IOException {
            json.name("mask").hex(row.mask()).name("taints").beginArray();
            for (Taint taint : row.taints()) {
                json.beginObject().name("letter").value(String.valueOf(taint.letter()));
                json.name("meaning").value(taint.meaning()).endObject();
            }
            json.endArray();
        }
    }
}
