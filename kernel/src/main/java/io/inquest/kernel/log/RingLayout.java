package io.inquest.kernel.log;

import io.inquest.dump.DumpException;
import io.inquest.kernel.VmcoreInfo;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;

/// Where the members of the ring's structures are (kernel 5.10 on: `kernel/printk/printk_ringbuffer.h`). All
/// offsets and sizes come from vmcoreinfo; these are the ones of a 64-bit kernel:
///
/// | Structure            | Members                                                                       |
/// |----------------------|-------------------------------------------------------------------------------|
/// | `printk_ringbuffer`  | `desc_ring` 0, `text_data_ring` 48                                            |
/// | `prb_desc_ring`      | `count_bits` 0 (u32), `descs` 8, `infos` 16, `head_id` 24, `tail_id` 32       |
/// | `prb_data_ring`      | `size_bits` 0 (u32), `data` 8                                                 |
/// | `prb_desc` (24)      | `state_var` 0, `text_blk_lpos` 8: `begin` 0, `next` 8                         |
/// | `dev_printk_info`    | `subsystem` 0 (char[16]), `device` 16 (char[48]); in `printk_info` at 24        |
/// | `printk_info` (88)   | `seq` 0 (u64), `ts_nsec` 8 (u64), `text_len` 16 (u16), `facility` 18 (u8),       |
/// |                      | `flags:5, level:3` 19 (u8), `caller_id` 20 (u32)                              |
///
/// Of `facility`, `flags` and `level` vmcoreinfo gives no offset: they are taken to lie between `text_len` and
/// `caller_id` where there is room for just them.
final class RingLayout {

    final int countBits;
    final int descriptors;
    final int infos;
    final int headId;
    final int tailId;
    final int sizeBits;
    final int data;
    final int descriptorBytes;
    final int state;
    final int begin;
    final int next;
    final int infoBytes;
    final int sequence;
    final int time;
    final int textLength;
    private final int facility;
    private final int caller;
    private final Text subsystem;
    private final Text device;

    RingLayout(VmcoreInfo info, int wordBytes) throws DumpException {
        int ring = LogKeys.offset(info, "printk_ringbuffer.desc_ring");
        int counter = (int) info.offset("atomic_long_t.counter").orElse(0);
        countBits = ring + LogKeys.offset(info, "prb_desc_ring.count_bits");
        descriptors = ring + LogKeys.offset(info, "prb_desc_ring.descs");
        infos = ring + LogKeys.offset(info, "prb_desc_ring.infos");
        headId = ring + LogKeys.offset(info, "prb_desc_ring.head_id") + counter;
        tailId = ring + LogKeys.offset(info, "prb_desc_ring.tail_id") + counter;
        int text = LogKeys.offset(info, "printk_ringbuffer.text_data_ring");
        sizeBits = text + LogKeys.offset(info, "prb_data_ring.size_bits");
        data = text + LogKeys.offset(info, "prb_data_ring.data");
        descriptorBytes = LogKeys.size(info, "prb_desc");
        state = LogKeys.offset(info, "prb_desc.state_var") + counter;
        int positions = LogKeys.offset(info, "prb_desc.text_blk_lpos");
        begin = positions + LogKeys.offset(info, "prb_data_blk_lpos.begin");
        next = positions + LogKeys.offset(info, "prb_data_blk_lpos.next");
        infoBytes = LogKeys.size(info, "printk_info");
        sequence = LogKeys.offset(info, "printk_info.seq");
        time = LogKeys.offset(info, "printk_info.ts_nsec");
        textLength = LogKeys.offset(info, "printk_info.text_len");
        caller = info.offset("printk_info.caller_id").isPresent() ? LogKeys.offset(info, "printk_info.caller_id") : -1;
        facility = caller == textLength + 2 * Short.BYTES ? textLength + Short.BYTES : -1;
        subsystem = Text.of(info, "subsystem", infoBytes);
        device = Text.of(info, "device", infoBytes);
        within("prb_desc", descriptorBytes, Math.max(state, Math.max(begin, next)) + wordBytes);
        within("printk_info", infoBytes, Math.max(sequence, time) + Long.BYTES);
        within("printk_info", infoBytes, Math.max(textLength + Short.BYTES, caller + Integer.BYTES));
    }

    private static void within(String struct, int bytes, int end) throws DumpException {
        if (end > bytes) {
            throw new DumpException("vmcoreinfo: a member of " + struct + " ends at byte " + end + ", behind SIZE("
                    + struct + ") " + bytes);
        }
    }

    int textBytes(ByteBuffer info) {
        return info.getShort(textLength) & 0xffff;
    }

    OptionalInt facility(ByteBuffer info) {
        return facility < 0 ? OptionalInt.empty() : OptionalInt.of(info.get(facility) & 0xff);
    }

    OptionalInt level(ByteBuffer info) {
        return facility < 0
                ? OptionalInt.empty()
                : OptionalInt.of(FlagsAndLevel.level(info.get(facility + 1), info.order()));
    }

    boolean hasCaller() {
        return caller >= 0;
    }

    OptionalInt caller(ByteBuffer info) {
        return caller < 0 ? OptionalInt.empty() : OptionalInt.of(info.getInt(caller));
    }

    /// `SUBSYSTEM=acpi` and `DEVICE=+acpi:PNP0A08:00`, of what a device logged.
    List<String> dictionary(ByteBuffer info) {
        List<String> lines = new ArrayList<>();
        subsystem.addTo(lines, "SUBSYSTEM=", info);
        device.addTo(lines, "DEVICE=", info);
        return lines;
    }

    /// An array of characters in `printk_info`; of 0 bytes where vmcoreinfo does not tell or it does not fit.
    private record Text(int offset, int bytes) {

        static Text of(VmcoreInfo info, String member, int infoBytes) {
            OptionalLong whole = info.offset("printk_info.dev_info");
            OptionalLong part = info.offset("dev_printk_info." + member);
            OptionalLong bytes = info.length("printk_info_" + member);
            if (whole.isEmpty() || part.isEmpty() || bytes.isEmpty()) {
                return new Text(0, 0);
            }
            long offset = whole.getAsLong() + part.getAsLong();
            boolean fits = offset >= 0
                    && offset <= infoBytes
                    && bytes.getAsLong() >= 0
                    && bytes.getAsLong() <= infoBytes - offset;
            return fits ? new Text((int) offset, (int) bytes.getAsLong()) : new Text(0, 0);
        }

        void addTo(List<String> lines, String key, ByteBuffer info) {
            StringBuilder text = new StringBuilder(key);
            for (int i = 0; i < bytes && info.get(offset + i) != 0; i++) {
                text.append((char) (info.get(offset + i) & 0xff));
            }
            if (text.length() > key.length()) {
                lines.add(text.toString());
            }
        }
    }
}
