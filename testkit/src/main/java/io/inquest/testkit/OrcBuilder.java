package io.inquest.testkit;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/// ORC tables of x86-64 as the kernel's build sorts them (kernel: `arch/x86/include/asm/orc_types.h`,
/// `scripts/sorttable.h`): an array of 4-byte distances to the code, and an array of 6-byte entries.
///
/// ```java
/// OrcBuilder orc = new OrcBuilder(0xffff_ffff_8100_0000L)
///         .entry(0, 8, 0, 0x0205)
///         .entry(0x40, 16, -16, 0x0215);
/// memory.put(addresses, orc.addresses(addresses)).put(entries, orc.entries());
/// ```
public final class OrcBuilder {

    private static final int ENTRY_BYTES = 6;

    private record Entry(long address, int spOffset, int bpOffset, int flags) {}

    private final long text;
    private final List<Entry> entries = new ArrayList<>();

    /// `text` is where the code begins that the entries speak of.
    public OrcBuilder(long text) {
        this.text = text;
    }

    /// An entry for the code from `offset` bytes into the text on; `flags` in the bits of the layout that is
    /// tested.
    public OrcBuilder entry(long offset, int spOffset, int bpOffset, int flags) {
        entries.add(new Entry(text + offset, spOffset, bpOffset, flags));
        return this;
    }

    /// Number of entries.
    public int count() {
        return entries.size();
    }

    /// The array of distances, as it is when it lies at `address`.
    public byte[] addresses(long address) {
        ByteBuffer bytes = ByteBuffer.allocate(count() * Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (Entry entry : entries) {
            bytes.putInt((int) (entry.address() - (address + bytes.position())));
        }
        return bytes.array();
    }

    /// The array of entries.
    public byte[] entries() {
        ByteBuffer bytes = ByteBuffer.allocate(count() * ENTRY_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (Entry entry : entries) {
            bytes.putShort((short) entry.spOffset()).putShort((short) entry.bpOffset());
            bytes.putShort((short) entry.flags());
        }
        return bytes.array();
    }
}
