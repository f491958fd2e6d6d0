package io.inquest.kernel.log;

import io.inquest.dump.DumpException;
import io.inquest.dump.MemoryFault;
import io.inquest.kernel.AddressSpace;
import io.inquest.kernel.VmcoreInfo;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// The log since 5.10: a ring of descriptors over a ring of text (kernel: `kernel/printk/printk_ringbuffer.c`).
///
/// A descriptor's place is its id modulo their number; ids go from `tail_id` to `head_id` and wrap at the width
/// of a word less two bits. The two top bits of `state_var` are its state, the others the id it is used for:
///
/// | State | Name      | Meaning                                             |
/// |------:|-----------|-----------------------------------------------------|
/// |     0 | reserved  | being written when the kernel died: not readable    |
/// |     1 | committed | written, may still be extended                      |
/// |     2 | finalized | written                                             |
/// |     3 | reusable  | its text was overwritten                            |
final class RingLog implements KernelLog {

    private static final int COMMITTED = 1;
    private static final int FINALIZED = 2;
    private static final int MAX_COUNT_BITS = 28;
    private static final int MAX_SIZE_BITS = 31;
    private static final int MIN_SIZE_BITS = 4;

    /// So many unreadable descriptors in a row end the walk: the ring is not there.
    private static final int MAX_FAULTS_IN_A_ROW = 4096;

    private final AddressSpace space;
    private final RingLayout layout;
    private final int countBits;
    private final long descriptors;
    private final long infos;
    private final long headId;
    private final long tailId;
    private final TextRing text;
    private final OptionalLong clearSequence;

    /// Why this is not the ring that was in use, empty if it is.
    private final String standIn;

    private RingLog(AddressSpace space, VmcoreInfo info, long ring, String standIn) throws IOException {
        this.space = space;
        this.layout = new RingLayout(info, space.wordBytes());
        this.standIn = standIn;
        this.countBits = bits(ring + layout.countBits, "prb_desc_ring.count_bits", 1, MAX_COUNT_BITS);
        this.descriptors = space.readWord(ring + layout.descriptors);
        this.infos = space.readWord(ring + layout.infos);
        this.headId = space.readWord(ring + layout.headId) & idMask();
        this.tailId = space.readWord(ring + layout.tailId) & idMask();
        int sizeBits = bits(ring + layout.sizeBits, "prb_data_ring.size_bits", MIN_SIZE_BITS, MAX_SIZE_BITS);
        this.text = new TextRing(space, space.readWord(ring + layout.data), sizeBits);
        this.clearSequence = clearSequence(info);
    }

    /// The ring that `prb` points to. Where that is lost, the one that the kernel began with, `printk_rb_static`:
    /// it stays in use unless a larger buffer is asked for (`log_buf_len=`, many CPUs).
    static RingLog open(AddressSpace space, VmcoreInfo info) throws IOException {
        long pointer = LogKeys.symbol(info, "prb");
        try {
            return new RingLog(space, info, space.readWord(pointer), "");
        } catch (MemoryFault | DumpException broken) {
            RingLog first = firstRing(space, info, String.valueOf(broken.getMessage()));
            if (first == null) {
                throw broken;
            }
            return first;
        }
    }

    private static @Nullable RingLog firstRing(AddressSpace space, VmcoreInfo info, String reason) throws IOException {
        OptionalLong ring = info.symbol("printk_rb_static");
        if (ring.isEmpty()) {
            return null;
        }
        try {
            return new RingLog(
                    space,
                    info,
                    ring.getAsLong(),
                    "prb leads nowhere (" + reason + "), printk_rb_static was read instead");
        } catch (MemoryFault | DumpException alsoBroken) {
            return null;
        }
    }

    private int bits(long address, String member, int least, int most) throws IOException {
        int bits = space.readInt(address);
        if (bits < least || bits > most) {
            throw new DumpException("the log's ring is damaged or not where SYMBOL(prb) says: " + member + " is "
                    + Integer.toUnsignedString(bits) + ", expected " + least + " to " + most);
        }
        return bits;
    }

    private int stateShift() {
        return space.wordBytes() * Byte.SIZE - 2;
    }

    private long idMask() {
        return (1L << stateShift()) - 1;
    }

    /// `clear_seq`: a u64 at first, since 5.12 a `struct latched_seq { seqcount_latch_t latch; u64 val[2]; }`
    /// whose count's lowest bit says which of the two values is whole.
    private OptionalLong clearSequence(VmcoreInfo info) throws IOException {
        OptionalLong address = info.symbol("clear_seq");
        if (address.isEmpty()) {
            return address;
        }
        try {
            long at = address.getAsLong();
            if (info.offset("latched_seq.val").isPresent()) {
                int which = space.readInt(at) & 1;
                at += LogKeys.offset(info, "latched_seq.val") + (long) which * Long.BYTES;
            }
            return OptionalLong.of(space.readLong(at));
        } catch (MemoryFault onlyTheMark) {
            return OptionalLong.empty();
        }
    }

    @Override
    public LogEnd visit(LogRange range, LogVisitor visitor) throws IOException {
        boolean all = range == LogRange.ALL || clearSequence.isEmpty();
        return new RingWalk(visitor, all ? 0 : clearSequence.getAsLong()).run();
    }

    /// One walk from the tail to the head. A record that cannot be read is counted and left out.
    private final class RingWalk {

        private final LogVisitor visitor;
        private final long fromSequence;
        private final RingArray descriptorArray =
                new RingArray(space, descriptors, layout.descriptorBytes, 1L << countBits);
        private final RingArray infoArray = new RingArray(space, infos, layout.infoBytes, 1L << countBits);
        private long lost;
        private int lostInARow;
        private String firstFault = "";

        RingWalk(LogVisitor visitor, long fromSequence) {
            this.visitor = visitor;
            this.fromSequence = fromSequence;
        }

        /// Ids are never compared by size: they wrap. At most one round, whatever head and tail say.
        LogEnd run() throws IOException {
            long count = 1L << countBits;
            long length = ((headId - tailId) & idMask()) + 1;
            boolean plausible = Long.compareUnsigned(length, count) <= 0;
            long id = plausible ? tailId : headId - count + 1;
            for (long left = plausible ? length : count; left > 0; left--, id++) {
                if (lostInARow == MAX_FAULTS_IN_A_ROW) {
                    return new LogEnd.Fault(0, firstFault);
                }
                visit(id & idMask());
            }
            if (!plausible) {
                return new LogEnd.Loop(descriptors, tailId);
            }
            if (lost == 0 && !standIn.isEmpty()) {
                return new LogEnd.Fault(0, standIn);
            }
            return lost == 0 ? new LogEnd.Complete() : new LogEnd.Fault(lost, firstFault);
        }

        private void visit(long id) throws IOException {
            LogRecord record;
            try {
                record = read(id);
                lostInARow = 0;
            } catch (MemoryFault fault) {
                firstFault = lost == 0 ? fault.getMessage() : firstFault;
                lost++;
                lostInARow++;
                return;
            }
            if (record != null) {
                visitor.record(record);
            }
        }

        private @Nullable LogRecord read(long id) throws IOException {
            long index = id & ((1L << countBits) - 1);
            ByteBuffer descriptor = descriptorArray.element(index);
            long state = word(descriptor, layout.state);
            int kind = (int) (state >>> stateShift()) & 3;
            if ((state & idMask()) != id || (kind != COMMITTED && kind != FINALIZED)) {
                return null;
            }
            ByteBuffer info = infoArray.element(index);
            long sequence = info.getLong(layout.sequence);
            if (Long.compareUnsigned(sequence, fromSequence) < 0) {
                return null;
            }
            long begin = word(descriptor, layout.begin);
            long next = word(descriptor, layout.next);
            ByteBuffer bytes = text.read(begin, next, layout.textBytes(info));
            return bytes == null
                    ? null
                    : new LogRecord(
                            OptionalLong.of(sequence),
                            OptionalLong.of(info.getLong(layout.time)),
                            layout.level(info),
                            layout.facility(info),
                            layout.caller(info),
                            false,
                            layout.dictionary(info),
                            bytes);
        }

        private long word(ByteBuffer struct, int offset) {
            return space.wordBytes() == Long.BYTES ? struct.getLong(offset) : struct.getInt(offset) & 0xffff_ffffL;
        }
    }

    @Override
    public boolean recordsCaller() {
        return layout.hasCaller();
    }

    /// Callers are recorded with and without `CONFIG_PRINTK_CALLER`, so the dump does not tell.
    @Override
    public boolean showsCaller() {
        return false;
    }

    @Override
    public boolean marksClear() {
        return clearSequence.isPresent();
    }
}
