package io.inquest.crash.command.stack;

import io.inquest.crash.command.TaskHeader;
import io.inquest.crash.result.Layout;
import io.inquest.crash.result.TextWriter;
import io.inquest.dump.MemoryFault;
import io.inquest.kernel.Kernel;
import io.inquest.kernel.stack.Frame;
import io.inquest.kernel.symbol.Place;
import io.inquest.kernel.task.Task;
import io.inquest.output.JsonWriter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// `bt -t` and `bt -T`: every word on a stack that points into a function. What is found is not who called whom: words
/// of
/// earlier calls are still there.
///
/// @param start where the task was, empty if the whole stack is shown
record StackSymbols(TaskHeader header, Optional<Place> start, List<Word> words) {

    /// A word that points into a function.
    record Word(long slot, Place place) {}

    /// Of the part of the stack in use.
    static StackSymbols ofUsed(Kernel kernel, TaskStack stack) throws IOException {
        Optional<Frame> first =
                stack.trace().frames().stream().filter(frame -> !frame.user()).findFirst();
        long low = stack.task().stack();
        long high = low + kernel.stacks().taskStackBytes();
        long slot = first.map(Frame::slot).orElse(low);
        boolean onTaskStack = Long.compareUnsigned(slot, low) >= 0 && Long.compareUnsigned(slot, high) < 0;
        return new StackSymbols(
                stack.header(), first.flatMap(Frame::place), words(kernel, onTaskStack ? slot : low, high));
    }

    /// Of all of the stack, from its lowest word.
    static StackSymbols ofAll(Kernel kernel, Task task, TaskHeader header) throws IOException {
        long low = task.stack();
        return new StackSymbols(
                header,
                Optional.empty(),
                words(kernel, low, low + kernel.stacks().taskStackBytes()));
    }

    private static List<Word> words(Kernel kernel, long from, long to) throws IOException {
        List<Word> words = new ArrayList<>();
        int wordBytes = kernel.space().wordBytes();
        for (long at = from; at != to; at += wordBytes) {
            try {
                Optional<Place> place = kernel.symbols().at(kernel.space().readWord(at));
                if (place.isPresent() && place.get().symbol().isText()) {
                    words.add(new Word(at, place.get()));
                }
            } catch (MemoryFault lost) {
                // What lies there cannot be a frame that anybody may know of.
            }
        }
        return words;
    }

    static final class SymbolsLayout implements Layout<StackSymbols> {

        @Override
        public void text(StackSymbols row, TextWriter out) throws IOException {
            row.header().text(out);
            out.newLine();
            if (row.start().isPresent()) {
                Place start = row.start().get();
                out.text("              START: ").text(start.symbol().name());
                out.text(" at ").hex(start.address()).newLine();
            }
            for (Word word : row.words()) {
                out.text("  [")
                        .zeroHex(word.slot(), 16)
                        .text("] ")
                        .text(word.place().symbol().name());
                out.text(" at ").hex(word.place().address());
                String module = word.place().symbol().module();
                out.line(module.isEmpty() ? "" : " [" + module + "]");
            }
        }

        @Override
        public void between(TextWriter out) throws IOException {
            out.newLine();
        }

        @Override
        public void members(StackSymbols row, JsonWriter json) throws IOException {
            row.header().members(json);
            json.name("words").beginArray();
            for (Word word : row.words()) {
                json.beginObject()
                        .name("slot")
                        .hex(word.slot())
                        .name("address")
                        .hex(word.place().address());
                json.name("function").value(word.place().symbol().name());
                json.name("offset").value(word.place().offset()).endObject();
            }
            json.endArray();
        }
    }
}
