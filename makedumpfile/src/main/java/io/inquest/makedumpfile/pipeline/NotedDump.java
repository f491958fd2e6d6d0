package io.inquest.makedumpfile.pipeline;

import io.inquest.dump.DelegatingDump;
import io.inquest.dump.Dump;
import io.inquest.dump.Note;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// A dump with a vmcoreinfo note that was made for it. Closing it closes the dump.
final class NotedDump extends DelegatingDump {

    private final List<Note> notes;

    NotedDump(Dump dump, String vmcoreinfo) {
        super(dump, dump.memory());
        ByteBuffer text = ByteBuffer.wrap(vmcoreinfo.getBytes(StandardCharsets.ISO_8859_1));
        List<Note> all = new ArrayList<>(dump.notes());
        all.add(new Note("VMCOREINFO", 0, text.order(dump.machine().order())));
        this.notes = List.copyOf(all);
    }

    @Override
    public List<Note> notes() {
        return notes;
    }
}
