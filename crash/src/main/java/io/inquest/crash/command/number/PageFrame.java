package io.inquest.crash.command.number;

import io.inquest.crash.result.Layout;
import io.inquest.crash.result.TextWriter;
import io.inquest.kernel.Kernel;
import io.inquest.output.JsonWriter;
import java.io.IOException;
import java.util.function.ToLongFunction;

/// A page frame, its number and an address in it.
public record PageFrame(long pfn, long address) {

    static final Layout<PageFrame> BY_NUMBER = new FrameLayout(PageFrame::pfn, PageFrame::address);
    static final Layout<PageFrame> BY_ADDRESS = new FrameLayout(PageFrame::address, PageFrame::pfn);

    static int shift(Kernel kernel) {
        return kernel.machine().pageShift();
    }

    private record FrameLayout(ToLongFunction<PageFrame> asked, ToLongFunction<PageFrame> answer)
            implements Layout<PageFrame> {

        @Override
        public void text(PageFrame row, TextWriter out) throws IOException {
            out.hex(asked.applyAsLong(row))
                    .text(": ")
                    .hex(answer.applyAsLong(row))
                    .newLine();
        }

        @Override
        public void members(PageFrame row, JsonWriter json) throws IOException {
            json.name("pfn").hex(row.pfn()).name("address").hex(row.address());
        }
    }
}
