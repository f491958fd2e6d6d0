package io.inquest.testkit;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;

/// The log since 5.10: descriptors over a ring of text (kernels 5.10, 6.12:
/// `kernel/printk/printk_ringbuffer.{c,h}`).
///
/// Offsets are those that a compiler gives `struct printk_ringbuffer` and its parts with 4 or 8 byte words.
public final class RingLogBuilder {

    /// States of a descriptor.
    public static final int RESERVED = 0;

    public static final int COMMITTED = 1;
    public static final int FINALIZED = 2;
    public static final int REUSABLE = 3;

    private static final int EMPTY_LINE_LPOS = 3;
    private static final int FAILED_LPOS = 1;
    private static final int INFO_BYTES = 88;

    private record Live(long id, long begin) {}

    private final LogPlace place;
    private final int word;
    private final int countBits;
    private final int sizeBits;
    private final Deque<Live> live = new ArrayDeque<>();
    private boolean fillsExactly;
    private boolean latched = true;
    private long firstId;
    private long tailId;
    private long headId;
    private long position;
    private long sequence;
    private long clearSequence;

    public RingLogBuilder(LogPlace place, int countBits, int sizeBits) {
        this.place = place;
        this.word = place.wordBytes();
        this.countBits = countBits;
        this.sizeBits = sizeBits;
        place.reserve(place.address(), LogPlace.HEAD_BYTES);
        place.reserve(descriptors(), count() * descriptorBytes());
        place.reserve(infos(), count() * INFO_BYTES);
        place.reserve(data(), 1L << sizeBits);
        startAt(-(count() + 1));
        position = -(1L << sizeBits);
    }

    /// The id of the dummy before the first record (`DESC0_ID`); to be called first.
    public RingLogBuilder startAt(long id) {
        firstId = id & idMask();
        tailId = firstId;
        headId = firstId;
        writeDescriptor(firstId, REUSABLE, FAILED_LPOS, FAILED_LPOS);
        return this;
    }

    /// A block may end at the very end of the ring, as kernels after 6.17 allow.
    public RingLogBuilder fillingExactly() {
        fillsExactly = true;
        return this;
    }

    /// `clear_seq` as a plain u64, as kernels before 5.12 have it.
    public RingLogBuilder withPlainClearSequence() {
        latched = false;
        return this;
    }

    public RingLogBuilder append(SyntheticRecord record) {
        return append(record, FINALIZED);
    }

    public RingLogBuilder append(SyntheticRecord record, int state) {
        long id = reserveDescriptor();
        int length = record.bytes().length;
        if (length == 0) {
            writeDescriptor(id, state, EMPTY_LINE_LPOS, EMPTY_LINE_LPOS);
        } else {
            long begin = position;
            position = blockEnd(begin, (word + length + word - 1) & -word);
            dropOverwritten();
            writeBlock(id, begin, record.bytes());
            live.add(new Live(id, begin));
            writeDescriptor(id, state, begin, position);
        }
        writeInfo(id, record);
        return this;
    }

    /// A record that got a descriptor but no text.
    public RingLogBuilder appendWithoutText(SyntheticRecord record) {
        long id = reserveDescriptor();
        writeDescriptor(id, FINALIZED, FAILED_LPOS, FAILED_LPOS);
        writeInfo(id, record);
        return this;
    }

    public RingLogBuilder clear() {
        clearSequence = sequence;
        return this;
    }

    private long reserveDescriptor() {
        headId = (headId + 1) & idMask();
        if (((headId - tailId) & idMask()) == count()) {
            tailId = (tailId + 1) & idMask();
        }
        return headId;
    }

    private long blockEnd(long begin, int bytes) {
        long end = begin + bytes;
        long last = fillsExactly ? end - 1 : end;
        return begin >> sizeBits == last >> sizeBits ? end : ((end >> sizeBits) << sizeBits) + bytes;
    }

    private void dropOverwritten() {
        for (Iterator<Live> records = live.iterator(); records.hasNext(); ) {
            Live record = records.next();
            if (position - record.begin() > (1L << sizeBits)) {
                records.remove();
                if (((headId - record.id()) & idMask()) < count()) {
                    place.putWord(descriptor(record.id()), stateOf(record.id(), REUSABLE));
                }
            }
        }
    }

    private void writeBlock(long id, long begin, byte[] text) {
        long offset = begin & ((1L << sizeBits) - 1);
        boolean wrapped = begin >> sizeBits != (position - 1) >> sizeBits;
        place.putWord(data() + offset, id);
        long block = data() + (wrapped ? 0 : offset);
        place.putWord(block, id);
        place.put(block + word, text);
    }

    private void writeDescriptor(long id, int state, long begin, long next) {
        long at = descriptor(id);
        place.putWord(at, stateOf(id, state));
        place.putWord(at + word, begin);
        place.putWord(at + 2L * word, next);
    }

    private void writeInfo(long id, SyntheticRecord record) {
        long at = info(id);
        place.put64(at, sequence++);
        place.put64(at + 8, record.nanoseconds());
        place.put16(at + 16, record.bytes().length);
        place.put8(at + 18, record.facility());
        place.put8(at + 19, record.flagsAndLevel(place.memory().order()));
        place.put32(at + 20, record.caller());
    }

    private long stateOf(long id, int state) {
        return ((long) state << (8 * word - 2)) | id;
    }

    private long idMask() {
        return (1L << (8 * word - 2)) - 1;
    }

    private long count() {
        return 1L << countBits;
    }

    private int descriptorBytes() {
        return 3 * word;
    }

    /// Id of the newest record.
    public long headId() {
        return headId;
    }

    public long descriptor(long id) {
        return descriptors() + (id & (count() - 1)) * descriptorBytes();
    }

    public long info(long id) {
        return infos() + (id & (count() - 1)) * INFO_BYTES;
    }

    public long descriptors() {
        return place.address() + LogPlace.HEAD_BYTES;
    }

    public long infos() {
        return pageEnd(descriptors() + count() * descriptorBytes());
    }

    public long data() {
        return pageEnd(infos() + count() * INFO_BYTES);
    }

    private static long pageEnd(long address) {
        return (address + SyntheticMemory.PAGE_BYTES - 1) & -SyntheticMemory.PAGE_BYTES;
    }

    /// Address of `struct printk_ringbuffer`.
    public long ring() {
        return place.address() + 64;
    }

    /// Writes ring and variables and tells vmcoreinfo of them and of the structures.
    public void build(VmcoreInfoBuilder info) {
        long textRing = 6L * word;
        place.putWord(place.address(), ring());
        place.put32(ring(), countBits);
        place.putWord(ring() + word, descriptors());
        place.putWord(ring() + 2L * word, infos());
        place.putWord(ring() + 3L * word, headId);
        place.putWord(ring() + 4L * word, tailId);
        place.put32(ring() + textRing, sizeBits);
        place.putWord(ring() + textRing + word, data());
        writeClearSequence(info);
        info.symbol("prb", place.address());
        info.size("printk_ringbuffer", 10L * word).offset("printk_ringbuffer.desc_ring", 0);
        info.offset("printk_ringbuffer.text_data_ring", textRing);
        info.offset("prb_desc_ring.count_bits", 0).offset("prb_desc_ring.descs", word);
        info.offset("prb_desc_ring.infos", 2L * word).offset("prb_desc_ring.head_id", 3L * word);
        info.offset("prb_desc_ring.tail_id", 4L * word);
        info.size("prb_desc", descriptorBytes()).offset("prb_desc.state_var", 0);
        info.offset("prb_desc.text_blk_lpos", word);
        info.offset("prb_data_blk_lpos.begin", 0).offset("prb_data_blk_lpos.next", word);
        info.offset("prb_data_ring.size_bits", 0).offset("prb_data_ring.data", word);
        info.size("printk_info", INFO_BYTES).offset("printk_info.seq", 0).offset("printk_info.ts_nsec", 8);
        info.offset("printk_info.text_len", 16).offset("printk_info.caller_id", 20);
        info.offset("atomic_long_t.counter", 0);
    }

    /// `struct latched_seq`: a count whose lowest bit chooses the value to read; the other one is stale.
    private void writeClearSequence(VmcoreInfoBuilder info) {
        long at = place.address() + 16;
        info.symbol("clear_seq", at);
        if (latched) {
            place.put32(at, 7);
            place.put64(at + 8, 999_999);
            place.put64(at + 16, clearSequence);
            info.offset("latched_seq.val", 8);
        } else {
            place.put64(at, clearSequence);
        }
    }
}
