package io.inquest.crash.command.kmem;

import io.inquest.crash.result.Layout;
import io.inquest.crash.result.TextWriter;
import io.inquest.kernel.zone.MemoryBlock;
import io.inquest.output.JsonWriter;
import java.io.IOException;

/// The table of memory blocks under `kmem -n`.
final class MemoryBlockLayout implements Layout<MemoryBlock> {

    private static final int PAGE_SHIFT = 12;

    @Override
    public void begin(TextWriter out) throws IOException {
        out.newLine();
        out.line("   MEM_BLOCK        NAME        PHYSICAL RANGE     NODE  STATE   START_SECTION_NO");
    }

    @Override
    public void text(MemoryBlock block, TextWriter out) throws IOException {
        out.text(" ").hex(block.address(), 16).text(" ").centre(block.name().isEmpty() ? "?" : block.name(), 11);
        out.hex(block.startPfn() << PAGE_SHIFT, 10).text(" - ");
        out.hex((block.endPfn() << PAGE_SHIFT) - 1, 8).text("  ");
        out.left(block.node() < 0 ? "-" : Integer.toString(block.node()), 5);
        out.left(block.state().isEmpty() ? "?" : block.state(), 8);
        out.left(block.firstSection(), 12).newLine();
    }

    @Override
    public void members(MemoryBlock block, JsonWriter json) throws IOException {
        json.name("block").hex(block.address()).name("name").value(block.name());
        json.name("startPfn").value(block.startPfn()).name("endPfn").value(block.endPfn());
        json.name("node").value(block.node()).name("state").value(block.state());
        json.name("section").value(block.firstSection());
    }
}
