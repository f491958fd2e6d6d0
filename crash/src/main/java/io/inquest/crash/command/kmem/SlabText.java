package io.inquest.crash.command.kmem;

import io.inquest.crash.result.TextWriter;
import io.inquest.kernel.slab.Slab;
import io.inquest.output.JsonWriter;
import java.io.IOException;
import java.util.BitSet;
import java.util.Map;

/// One slab with its objects, as crash shows it: objects in use in brackets.
///
/// @param free which objects are on the slab's own list
/// @param cached the holder of each other free object, by its address
record SlabText(Slab slab, BitSet free, Map<Long, String> cached) {

    static final String HEADING = "  SLAB              MEMORY            NODE  TOTAL  ALLOCATED  FREE";

    private int allocated() {
        int allocated = 0;
        for (int i = 0; i < slab.objects(); i++) {
            allocated += isAllocated(i) ? 1 : 0;
        }
        return allocated;
    }

    boolean isAllocated(int index) {
        return !free.get(index) && !cached.containsKey(slab.object(index));
    }

    void heading(TextWriter out) throws IOException {
        out.line(HEADING);
        line(out);
        out.line("  FREE / [ALLOCATED]");
    }

    /// The line below [#HEADING].
    void line(TextWriter out) throws IOException {
        int allocated = allocated();
        out.text("  ")
                .hex(slab.address(), 16)
                .text("  ")
                .hex(slab.memory(), 16)
                .text("  ")
                .right(0, 4);
        out.text("  ").right(slab.objects(), 5).text("  ").right(allocated, 9);
        out.text("  ").right(slab.objects() - allocated, 4).newLine();
    }

    void objects(TextWriter out) throws IOException {
        for (int i = 0; i < slab.objects(); i++) {
            object(i, out);
        }
    }

    void object(int index, TextWriter out) throws IOException {
        long address = slab.object(index);
        if (isAllocated(index)) {
            out.text("  [").hex(address).line("]");
            return;
        }
        String holder = cached.getOrDefault(address, "");
        out.text("   ").hex(address).line(holder.isEmpty() ? "" : "  (" + holder + " cache)");
    }

    void members(JsonWriter json) throws IOException {
        json.name("slab").hex(slab.address()).name("memory").hex(slab.memory());
        json.name("objects").beginArray();
        for (int i = 0; i < slab.objects(); i++) {
            json.beginObject().name("address").hex(slab.object(i));
            json.name("allocated").value(isAllocated(i)).endObject();
        }
        json.endArray();
    }
}
