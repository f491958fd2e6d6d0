package io.inquest.dump.kdump;

import io.inquest.dump.DumpHeader;
import io.inquest.dump.Machine;
import io.inquest.dump.PfnRange;
import io.inquest.dump.Utsname;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/// The two headers of a kdump-compressed file of version 6, as bytes in the byte order and ABI of the machine
/// (makedumpfile, `diskdump_mod.h`).
///
/// Main header, at the begin of the file:
///
/// | 64-bit | 32-bit | Size    | Field               | Written value                             |
/// |-------:|-------:|--------:|---------------------|-------------------------------------------|
/// |      0 |      0 |       8 | `signature`         | `KDUMP` and three spaces                  |
/// |      8 |      8 |       4 | `header_version`    | 6                                         |
/// |     12 |     12 |  6 × 65 | `utsname`           | the kernel's name, NUL where unknown      |
/// |    408 |    404 | 2 words | `timestamp`         | seconds and microseconds since 1970       |
/// |    424 |    412 |       4 | `status`            | compression asked for; 8: incomplete      |
/// |    428 |    416 |       4 | `block_size`        | page size                                 |
/// |    432 |    420 |       4 | `sub_hdr_size`      | blocks of the sub header and notes        |
/// |    436 |    424 |       4 | `bitmap_blocks`     | blocks of both bitmaps                    |
/// |    440 |    428 |       4 | `max_mapnr`         | highest frame + 1, at most 2³² - 1        |
/// |    444 |    432 |  4 × 4  |                     | 0                                         |
/// |    460 |    448 |       4 | `nr_cpus`           | number of CPUs with registers in the notes |
///
/// Sub header, in block 1:
///
/// | LP64 | i386 | other 32-bit | Size | Field                                | Written value                    |
/// |-----:|-----:|-------------:|-----:|--------------------------------------|----------------------------------|
/// |    0 |    0 |            0 | word | `phys_base`                          | signed                           |
/// |    8 |    4 |            4 |    4 | `dump_level`                         |                                  |
/// |   12 |    8 |            8 |    4 | `split`                              | 1 in a part of a split set       |
/// |   16 |   12 |           12 | word | `start_pfn`, `end_pfn`               | of the part, else 0              |
/// |   32 |   20 |           24 |    8 | `offset_vmcoreinfo`                  | place of the text in the notes   |
/// |   40 |   28 |           32 | word | `size_vmcoreinfo`                    |                                  |
/// |   48 |   32 |           40 |    8 | `offset_note`                        | place of the notes               |
/// |   56 |   40 |           48 | word | `size_note`                          |                                  |
/// |   64 |   44 |           56 |    8 | `offset_eraseinfo`                   | place of the text, else 0        |
/// |   72 |   52 |           64 | word | `size_eraseinfo`                     |                                  |
/// |   80 |   56 |           72 |    8 | `start_pfn_64`, `end_pfn_64`         | as the fields without 64         |
/// |   96 |   72 |           88 |    8 | `max_mapnr_64`                       |                                  |
/// |  104 |   80 |           96 |      |                                      | end                              |
final class KdumpHeaders {

    static final int STATUS_INCOMPLETE = 0x8;

    private static final int HEADER_VERSION = 6;
    private static final int UTSNAME_FIELD_BYTES = 65;
    private static final int UTSNAME_END = 12 + 6 * UTSNAME_FIELD_BYTES;
    private static final long MOST_MAX_MAPNR = 0xffff_ffffL;

    private final KdumpLayout layout;

    KdumpHeaders(KdumpLayout layout) {
        this.layout = layout;
    }

    static int mainHeaderBytes(Machine machine) {
        return machine.wordBytes() == 8 ? 464 : 452;
    }

    static int statusOffset(Machine machine) {
        return machine.wordBytes() == 8 ? 424 : 412;
    }

    static int subHeaderBytes(Machine machine) {
        if (machine.wordBytes() == 8) {
            return 104;
        }
        return alignsLongsTo4(machine) ? 80 : 96;
    }

    /// 8-byte members of a structure are aligned to 4 bytes on 32-bit x86, and to 8 everywhere else.
    private static boolean alignsLongsTo4(Machine machine) {
        String name = machine.name();
        return machine.wordBytes() == 4 && name.length() == 4 && name.charAt(0) == 'i' && name.endsWith("86");
    }

    /// The main header with these `status` bits in place of the layout's.
    ByteBuffer mainHeader(int status) {
        Machine machine = layout.machine();
        DumpHeader header = layout.header();
        ByteBuffer bytes = ByteBuffer.allocate(mainHeaderBytes(machine)).order(machine.order());
        bytes.put("KDUMP   ".getBytes(StandardCharsets.US_ASCII)).putInt(HEADER_VERSION);
        putUtsname(bytes, header.utsname());
        bytes.position(machine.wordBytes() == 8 ? 408 : 404);
        putWord(bytes, header.crashTimeSeconds().orElse(0));
        putWord(bytes, 0);
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

    /// The sub header, with the erase text at `eraseOffset` if the layout has one and 0 is not given.
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
        putRange(bytes, vmcoreinfoOffset(), layout.notes().vmcoreinfoBytes());
        putRange(
                bytes,
                layout.notes().size() == 0 ? 0 : layout.notesOffset(),
                layout.notes().size());
        putRange(bytes, eraseOffset, eraseBytes);
        alignForLong(bytes);
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

    private void putRange(ByteBuffer bytes, long offset, long size) {
        alignForLong(bytes);
        bytes.putLong(offset);
        putWord(bytes, size);
    }

    private void alignForLong(ByteBuffer bytes) {
        int alignment = alignsLongsTo4(layout.machine()) ? Integer.BYTES : Long.BYTES;
        bytes.position(bytes.position() + alignment - 1 & -alignment);
    }

    private void putWord(ByteBuffer bytes, long value) {
        if (layout.machine().wordBytes() == 8) {
            bytes.putLong(value);
        } else {
            bytes.putInt((int) value);
        }
    }
}
