package io.inquest.kernel;

import io.inquest.dump.Completeness;
import io.inquest.dump.Dump;
import io.inquest.dump.DumpHeader;
import io.inquest.dump.Machine;
import io.inquest.dump.MemoryFault;
import io.inquest.dump.Note;
import io.inquest.dump.PageBitmap;
import io.inquest.dump.PageState;
import io.inquest.dump.PhysicalMemory;
import io.inquest.dump.PhysicalSegment;
import io.inquest.dump.Utsname;
import io.inquest.testkit.SyntheticMemory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/// A dump in memory: pages made by a test, the states a test gives them, a vmcoreinfo note.
public final class SyntheticDump implements Dump, PhysicalMemory {

    private final SyntheticMemory memory;
    private final List<Note> notes = new ArrayList<>();
    private final List<PhysicalSegment> segments = new ArrayList<>();
    private final Map<Long, PageState> states = new HashMap<>();
    private String machineName = "x86_64";
    private OptionalLong physBase = OptionalLong.empty();

    public SyntheticDump(SyntheticMemory memory, String vmcoreinfo) {
        this.memory = memory;
        if (!vmcoreinfo.isEmpty()) {
            byte[] text = vmcoreinfo.getBytes(StandardCharsets.ISO_8859_1);
            notes.add(new Note("VMCOREINFO", 0, ByteBuffer.wrap(text)));
        }
    }

    public SyntheticDump machine(String name) {
        machineName = name;
        return this;
    }

    public SyntheticDump physBase(long value) {
        physBase = OptionalLong.of(value);
        return this;
    }

    public SyntheticDump segment(long virtual, long physical, long bytes) {
        segments.add(new PhysicalSegment(virtual, physical, bytes, bytes, 0));
        return this;
    }

    /// The frame that holds a physical address gets a state without contents.
    public SyntheticDump without(long physical, PageState state) {
        states.put(physical >>> 12, state);
        return this;
    }

    @Override
    public String name() {
        return "synthetic";
    }

    @Override
    public Machine machine() {
        return new Machine(machineName, ByteOrder.LITTLE_ENDIAN, 8, 12);
    }

    @Override
    public PhysicalMemory memory() {
        return this;
    }

    @Override
    public List<Note> notes() {
        return notes;
    }

    @Override
    public DumpHeader header() {
        return new DumpHeader(
                "synthetic",
                Utsname.UNKNOWN,
                Optional.empty(),
                OptionalInt.empty(),
                physBase,
                0,
                OptionalInt.empty(),
                Optional.empty(),
                Optional.empty());
    }

    @Override
    public Completeness completeness() {
        return Completeness.COMPLETE;
    }

    @Override
    public void close() {}

    @Override
    public int pageShift() {
        return 12;
    }

    @Override
    public long endPfn() {
        return memory.pages().isEmpty() ? 0 : memory.pages().lastKey() + 1;
    }

    @Override
    public List<PhysicalSegment> segments() {
        return segments;
    }

    @Override
    public PageState state(long pfn) {
        PageState given = states.get(pfn);
        return given != null ? given : memory.pages().containsKey(pfn) ? PageState.STORED : PageState.ABSENT;
    }

    @Override
    public OptionalInt exclusionCode(long pfn) {
        return OptionalInt.empty();
    }

    @Override
    public void markExisting(PageBitmap window) {
        throw new UnsupportedOperationException("not needed by the tests of this module");
    }

    @Override
    public void markStored(PageBitmap window) {
        throw new UnsupportedOperationException("not needed by the tests of this module");
    }

    @Override
    public void readPages(long pfn, int count, ByteBuffer target, PageState[] found) {
        for (int i = 0; i < count; i++) {
            found[i] = state(pfn + i);
            target.put(found[i] == PageState.STORED ? memory.pages().get(pfn + i) : new byte[4096]);
        }
    }

    @Override
    public void read(long physicalAddress, ByteBuffer target) {
        long at = physicalAddress;
        while (target.hasRemaining()) {
            long pfn = at >>> 12;
            PageState state = state(pfn);
            if (!state.readable()) {
                throw new MemoryFault(at, state, "page frame " + Hex.of(pfn) + " is " + state);
            }
            int offset = (int) at & 4095;
            int bytes = Math.min(4096 - offset, target.remaining());
            if (state == PageState.STORED) {
                target.put(memory.pages().get(pfn), offset, bytes);
            } else {
                target.put(new byte[bytes]);
            }
            at += bytes;
        }
    }
}
