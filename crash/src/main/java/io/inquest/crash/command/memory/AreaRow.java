package io.inquest.crash.command.memory;

import io.inquest.crash.result.Layout;
import io.inquest.crash.result.TextWriter;
import io.inquest.kernel.file.FilePath;
import io.inquest.kernel.vm.AreaFlags;
import io.inquest.kernel.vm.MemoryArea;
import io.inquest.output.JsonWriter;
import java.io.IOException;

/// An area of a task's virtual memory.
///
/// @param file path of the file that is mapped there, empty for none
record AreaRow(long address, long start, long end, long flags, String file) {

    static final String HEADING = "      VMA           START       END     FLAGS FILE";

    static final Layout<AreaRow> LAYOUT = new AreaLayout();

    static AreaRow of(MemoryArea area, FilePath paths) {
        String file = area.file()
                .map(struct -> paths.of(struct.firstOf("f_path", "__f_path")))
                .orElse("");
        return new AreaRow(area.address(), area.start(), area.end(), area.flags(), file);
    }

    void text(TextWriter out) throws IOException {
        out.hex(address, 16).text(" ").hex(start, 10).text(" ").hex(end, 10);
        out.text(" ").hex(flags).text(" ").line(file);
    }

    void members(JsonWriter json) throws IOException {
        json.name("vma")
                .hex(address)
                .name("start")
                .hex(start)
                .name("end")
                .hex(end)
                .name("flags")
                .hex(flags);
        json.name("names").beginArray();
        for (String name : AreaFlags.names(flags)) {
            json.value(name);
        }
        json.endArray();
        json.name("file").value(file);
    }

    private static final class AreaLayout implements Layout<AreaRow> {

        @Override
        public void begin(TextWriter out) throws IOException {
            out.line(HEADING);
        }

        @Override
        public void text(AreaRow row, TextWriter out) throws IOException {
            row.text(out);
        }

        @Override
        public void members(AreaRow row, JsonWriter json) throws IOException {
            row.members(json);
        }
    }
}
