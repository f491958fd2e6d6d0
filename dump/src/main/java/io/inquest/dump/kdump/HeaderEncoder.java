package io.inquest.dump.kdump;

import io.inquest.dump.CrashTime;
import io.inquest.dump.DumpHeader;
import io.inquest.dump.Machine;
import io.inquest.dump.NoteArea;
import io.inquest.dump.PfnRange;
import io.inquest.dump.Utsname;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/// The two headers of a kdump-compressed file of version 6 as bytes; see [KdumpHeader] and [KdumpSubHeader] for
/// where their fields are.
final class HeaderEncoder {

    private static final int UTSNAME_FIELD_BYTES = 65;
    private static final int UTSNAME_END = 12 + 6 * UTSNAME_FIELD_BYTES;
    private static final long MOST_MAX_MAPNR = 0xffff_ffffL;

    private final KdumpLayout layout;

    HeaderEncoder(KdumpLayout layout) {
        this.layout = layout;
    }

    static int mainHeaderBytes(Machine machine) {
        return machine.wordBytes() == 8 ? 464 : 452;
    }

    static int subHeaderBytes(Machine machine) {
        return KdumpAbi.of(machine).subHeaderBytes;
    }

    /// The main header with these `status` bits in place of the layout's.
    ByteBuffer mainHeader(int status) {
        Machine machine = layout.machine();
        DumpHeader header = layout.header();
        ByteBuffer bytes = ByteBuffer.allocate(mainHeaderBytes(machine)).order(machine.order());
        bytes.put(KdumpHeader.SIGNATURE.getBytes(StandardCharsets.US_ASCII)).putInt(KdumpHeader.NEWEST_VERSION);
        putUtsname(bytes, header.utsname());
        bytes.position(machine.wordBytes() == 8 ? 408 : 404);
        CrashTime time = header.crashTime().orElse(CrashTime.ofSeconds(0));
        putWord(bytes, time.seconds());
        putWord(bytes, time.microseconds());
        bytes.putInt(status);
        bytes.putInt(layout.blockBytes());
        bytes.putInt(layout.subHeaderBlocks());
        bytes.putInt(layout.bitmapBlocks());
        bytes.putInt((int) Math.min(layout.endPfn(), MOST_MAX_MAPNR));
        bytes.position(bytes.position() + 4 * Integer.BYTES);
        bytes.putInt(header.cpus().orElse(0));
        return bytes.flip();
    }

    private static void putUtsname(ByteBuffer bytes, Utsname name) {
        int at = bytes.position();
        String[] fields = {
            name.sysname(), name.nodename(), name.release(), name.version(), name.machine(), name.domainname()
        };
        for (String field : fields) {
            byte[] text = field.getBytes(StandardCharsets.ISO_8859_1);
            bytes.put(at, text, 0, Math.min(text.length, UTSNAME_FIELD_BYTES - 1));
            at += UTSNAME_FIELD_BYTES;
        }
        bytes.position(UTSNAME_END);
    }

    /// The sub header, with an erase text of `eraseBytes` bytes at `eraseOffset`, or 0 and 0.
    ByteBuffer subHeader(long eraseOffset, int eraseBytes) {
        Machine machine = layout.machine();
        DumpHeader header = layout.header();
        ByteBuffer bytes = ByteBuffer.allocate(subHeaderBytes(machine)).order(machine.order());
        PfnRange part = header.part().orElse(new PfnRange(0, 0));
        putWord(bytes, header.physBase().orElse(0));
        bytes.putInt(header.dumpLevel().orElse(0));
        bytes.putInt(header.part().isPresent() ? 1 : 0);
        putWord(bytes, part.startPfn());
        putWord(bytes, part.endPfn());
        KdumpAbi abi = KdumpAbi.of(machine);
        NoteArea notes = layout.notes();
        putArea(bytes, abi.vmcoreinfoOffsetAt, vmcoreinfoOffset(), notes.vmcoreinfoBytes());
        putArea(bytes, abi.noteOffsetAt, notes.size() == 0 ? 0 : layout.notesOffset(), notes.size());
        putArea(bytes, abi.eraseOffsetAt, eraseOffset, eraseBytes);
        bytes.position(abi.widePfnsAt);
        bytes.putLong(part.startPfn());
        bytes.putLong(part.endPfn());
        bytes.putLong(layout.endPfn());
        return bytes.flip();
    }

    private long vmcoreinfoOffset() {
        return layout.notes().vmcoreinfoBytes() == 0
                ? 0
                : layout.notesOffset() + layout.notes().vmcoreinfoOffset();
    }

    /// Puts an offset, which has 8 bytes, and behind it a size, which is a word.
    private void putArea(ByteBuffer bytes, int at, long offset, long size) {
        bytes.position(at);
        bytes.putLong(offset);
        putWord(bytes, size);
    }

    private void putWord(ByteBuffer bytes, long value) {
        if (layout.machine().wordBytes() == 8) {
            bytes.putLong(value);
        } else {
            bytes.putInt((int) value);
        }
    }
}
