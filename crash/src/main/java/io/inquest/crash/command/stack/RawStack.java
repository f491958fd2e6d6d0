package io.inquest.crash.command.stack;

import io.inquest.crash.command.TaskHeader;
import io.inquest.crash.result.Layout;
import io.inquest.crash.result.TextWriter;
import io.inquest.dump.MemoryFault;
import io.inquest.dump.PageState;
import io.inquest.kernel.Kernel;
import io.inquest.kernel.task.Task;
import io.inquest.output.JsonWriter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// `bt -r`: all words of a stack.
record RawStack(TaskHeader header, long low, List<Long> words) {

    static RawStack of(Kernel kernel, Task task) throws IOException {
        int wordBytes = kernel.space().wordBytes();
        int count = kernel.stacks().taskStackBytes() / wordBytes;
        if (task.stack() == 0) {
            throw new MemoryFault(0, PageState.ABSENT, "the task has ended and its stack was freed");
        }
        List<Long> words = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            words.add(kernel.space().readWord(task.stack() + (long) i * wordBytes));
        }
        return new RawStack(TaskHeader.of(task), task.stack(), words);
    }

    record RawLayout(Kernel kernel) implements Layout<RawStack> {

        @Override
        public void text(RawStack row, TextWriter out) throws IOException {
            row.header().text(out);
            out.newLine();
            int wordBytes = kernel.space().wordBytes();
            for (int i = 0; i < row.words().size(); i++) {
                if (i % 2 == 0) {
                    out.zeroHex(row.low() + (long) i * wordBytes, 16).text(":  ");
                }
                var place = kernel.symbols().at(row.words().get(i));
                if (place.isPresent()) {
                    long offset = place.get().offset();
                    out.left(place.get().symbol().name() + (offset == 0 ? "" : "+" + offset), 16);
                } else {
                    out.zeroHex(row.words().get(i), 16);
                }
                if (i % 2 == 0) {
                    out.text(" ");
                } else {
                    out.newLine();
                }
            }
        }

        @Override
        public void between(TextWriter out) throws IOException {
            out.newLine();
        }

        @Override
        public void members(RawStack row, JsonWriter json) throws IOException {
            row.header().members(json);
            json.name("low").hex(row.low()).name("words").beginArray();
            for (long word : row.words()) {
                json.hex(word);
            }
            json.endArray();
        }
    }
}
