package io.inquest.dump.elf;

import io.inquest.dump.Machine;
import io.inquest.dump.format.RawStruct;
import io.inquest.dump.io.PatchedSource;
import io.inquest.dump.salvage.SalvageLog;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Puts the headers of a damaged ELF core right, from what they say twice: program headers follow the ELF header, each
/// segment's bytes begin where those of the one before ended, and virtual and physical addresses have the same distance
/// in most segments.
final class ElfRecovery {

    static final int HEADER_BYTES = 64;
    static final int ELF32_HEADER_BYTES = 52;
    private static final int MOST_PROGRAM_HEADERS = 1 << 16;

    /// More segments than any machine has ranges of memory.
    private static final int MOST_REPAIRED_HEADERS = 1 << 20;

    private static final byte[] MAGIC = {0x7f, 'E', 'L', 'F'};
    private static final long PAGE_BYTES = 4096;

    private final PatchedSource source;
    private final SalvageLog log;
    private final ByteBuffer header = ByteBuffer.allocate(HEADER_BYTES);
    private ElfEncoder encoder;
    private boolean wide = true;

    private ElfRecovery(PatchedSource source, SalvageLog log) {
        this.source = source;
        this.log = log;
        this.encoder = encoder(8, ByteOrder.LITTLE_ENDIAN);
    }

    private static ElfEncoder encoder(int wordBytes, ByteOrder order) {
        return new ElfEncoder(new Machine(Machine.UNKNOWN, order, wordBytes, 12));
    }

    /// Whether `start`, the first bytes of a file, can have been the begin of an ELF core.
    static boolean looksLike(ByteBuffer start) {
        int same = 0;
        for (int i = 0; i < Math.min(MAGIC.length, start.limit()); i++) {
            same += start.get(i) == MAGIC[i] ? 1 : 0;
        }
        return same >= MAGIC.length - 1
                || hasSizes(start, ByteOrder.LITTLE_ENDIAN)
                || hasSizes(start, ByteOrder.BIG_ENDIAN);
    }

    /// Whether the fields of an ELF header are there that are the same in each core: `e_type`, and with the width that
    /// `e_phentsize` tells, the version and the own size.
    private static boolean hasSizes(ByteBuffer start, ByteOrder order) {
        ByteBuffer header = start.duplicate().order(order);
        if (header.limit() < HEADER_BYTES || header.getShort(16) != ElfHeader.ET_CORE || header.getInt(20) != 1) {
            return false;
        }
        boolean isWide = header.getShort(52) == HEADER_BYTES && header.getShort(54) == 56;
        return isWide || (header.getShort(40) == ELF32_HEADER_BYTES && header.getShort(42) == 32);
    }

    /// Patches the headers in `source` where they are wrong.
    static void recover(PatchedSource source, SalvageLog log) throws IOException {
        ElfRecovery recovery = new ElfRecovery(source, log);
        source.readFully(0, recovery.header);
        recovery.recoverHeader();
        recovery.recoverSegments();
    }

    private void recoverHeader() throws IOException {
        for (int i = 0; i < MAGIC.length; i++) {
            put("magic", i, 1, MAGIC[i] & 0xff);
        }
        int elfClass = header.get(4);
        int data = header.get(5);
        if (elfClass != 1 && elfClass != 2) {
            // e_ehsize or e_phentsize tell the width; QEMU's e_ehsize does not.
            boolean narrow = header.duplicate().order(ByteOrder.LITTLE_ENDIAN).getShort(42) == 32;
            put("EI_CLASS", 4, 1, narrow ? 1 : 2);
        }
        if (data != 1 && data != 2) {
            put("EI_DATA", 5, 1, header.get(16) == ElfHeader.ET_CORE ? 1 : 2);
        }
        wide = header.get(4) == 2;
        ByteOrder order = header.get(5) == 2 ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
        header.order(order);
        encoder = encoder(wide ? 8 : 4, order);
        put("e_type", 16, 2, ElfHeader.ET_CORE);
        int stride = encoder.programHeaderBytes();
        put("e_phentsize", wide ? 54 : 42, 2, stride);
        int headerBytes = wide ? HEADER_BYTES : ELF32_HEADER_BYTES;
        long at = wide ? header.getLong(32) : header.getInt(28) & 0xffff_ffffL;
        if (plausible(at, stride, 1) == 0 && plausible(headerBytes, stride, 1) == 1) {
            put("e_phoff", wide ? 32 : 28, wide ? 8 : 4, headerBytes);
            at = headerBytes;
        }
        int count = header.getShort(wide ? 56 : 44) & 0xffff;
        if (count < ElfEncoder.PN_XNUM) {
            int fromTable = countInTable(at, stride, count);
            if (fromTable > 0 && fromTable != count) {
                put("e_phnum", wide ? 56 : 44, 2, fromTable);
            }
        }
    }

    private void put(String field, int at, int bytes, long value) {
        long old = switch (bytes) {
            case 1 -> header.get(at) & 0xff;
            case 2 -> header.getShort(at) & 0xffff;
            case 4 -> header.getInt(at);
            default -> header.getLong(at);
        };
        if (old == value) {
            return;
        }
        switch (bytes) {
            case 1 -> header.put(at, (byte) value);
            case 2 -> header.putShort(at, (short) value);
            case 4 -> header.putInt(at, (int) value);
            default -> header.putLong(at, value);
        }
        byte[] right = new byte[bytes];
        header.get(at, right);
        source.patch(at, right);
        log.repaired("the ELF header's " + field + " was 0x" + Long.toHexString(old) + " and is 0x"
                + Long.toHexString(value));
    }

    /// The number of program headers as the table shows it: its entries end where the bytes of the first begin, the
    /// notes or a segment. 0 if that does not come out even.
    private int countInTable(long at, int stride, int told) throws IOException {
        if (plausible(at, stride, 1) == 0) {
            return 0;
        }
        long first = Long.MAX_VALUE;
        int entries = plausible(at, stride, MOST_PROGRAM_HEADERS);
        for (int i = 0; i < entries; i++) {
            ProgramHeader entry = read(at + (long) i * stride);
            if (entry.type() != ProgramHeader.PT_NULL && entry.filesz() > 0) {
                first = Math.min(first, entry.offset());
            }
        }
        long room = first - at;
        if (first == Long.MAX_VALUE || room <= 0 || room / stride > MOST_PROGRAM_HEADERS) {
            return 0;
        }
        int byRoom = (int) (room / stride);
        // The kernel leaves the rest of a page behind the table; other writers leave nothing.
        int count = room % stride == 0 || byRoom <= entries ? Math.min(byRoom, Math.max(entries, 1)) : entries;
        return lastUsed(at, stride, count, Math.min(told, byRoom));
    }

    /// A damaged entry must not cost those behind it, nor itself: up to the number that the header tells, what is not
    /// empty is one.
    private int lastUsed(long at, int stride, int count, int told) throws IOException {
        int last = count;
        for (int i = count; i < told && at + (i + 1L) * stride <= source.size(); i++) {
            ByteBuffer entry = ByteBuffer.allocate(stride);
            source.readFully(at + (long) i * stride, entry);
            if (entry.flip().mismatch(ByteBuffer.allocate(stride)) >= 0) {
                last = i + 1;
            }
        }
        return last;
    }

    /// How many entries from `at` on, up to `most`, can be program headers.
    private int plausible(long at, int stride, int most) throws IOException {
        int count = 0;
        while (count < most) {
            long place = at + (long) count * stride;
            if (at < ELF32_HEADER_BYTES || place > source.size() - stride || !canBe(read(place))) {
                break;
            }
            count++;
        }
        return count;
    }

    /// Whether these can be the fields of a program header.
    static boolean canBe(ProgramHeader entry) {
        boolean used = entry.type() == ProgramHeader.PT_LOAD || entry.type() == ProgramHeader.PT_NOTE;
        return used
                && entry.isPlausible()
                && (entry.flags() & ~7) == 0
                && (entry.filesz() == 0 || entry.offset() >= ELF32_HEADER_BYTES)
                && entry.filesz()
                        <= Math.max(entry.memsz(), entry.type() == ProgramHeader.PT_NOTE ? entry.filesz() : 0);
    }

    private ProgramHeader read(long at) throws IOException {
        return ProgramHeader.parse(
                RawStruct.read(source, "program header", at, encoder.programHeaderBytes())
                        .order(header.order()),
                wide ? 8 : 4);
    }

    private void recoverSegments() throws IOException {
        long at = wide ? header.getLong(32) : header.getInt(28) & 0xffff_ffffL;
        int stride = header.getShort(wide ? 54 : 42) & 0xffff;
        int count = (int) Math.min(countOfAll(), MOST_REPAIRED_HEADERS + 1L);
        if (count > MOST_REPAIRED_HEADERS || at < 0 || (long) count * stride > source.size() - at) {
            return;
        }
        List<ProgramHeader> entries = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            entries.add(read(at + (long) i * stride));
        }
        long distance = distance(entries);
        for (int i = 0; i < count; i++) {
            ProgramHeader right = SegmentNeighbours.repaired(entries, i, distance);
            if (!right.equals(entries.get(i))) {
                entries.set(i, right);
                ByteBuffer bytes =
                        ByteBuffer.allocate(encoder.programHeaderBytes()).order(header.order());
                encoder.putProgramHeader(
                        bytes, right.type(), new ElfSegment(right.segment(), right.flags(), right.align()));
                source.patch(at + (long) i * stride, bytes.array());
                log.repaired("program header " + i + " was damaged and is what its neighbours leave to it: "
                        + right.filesz() + " bytes at byte " + right.offset() + ", physical address 0x"
                        + Long.toHexString(right.paddr()));
            }
        }
    }

    /// The number of program headers, which a section header holds where the ELF header has no room for it.
    private long countOfAll() {
        try {
            return ElfHeader.read(source).programHeaders();
        } catch (IOException damaged) {
            // Whoever opens the file says so.
            return 0;
        }
    }

    /// What most segments have between their virtual and physical address; 0 if they have no virtual ones.
    private static long distance(List<ProgramHeader> entries) {
        Map<Long, Integer> votes = new HashMap<>();
        for (ProgramHeader entry : entries) {
            if (entry.type() == ProgramHeader.PT_LOAD) {
                votes.merge(entry.vaddr() - entry.paddr(), 1, Integer::sum);
            }
        }
        long best = 0;
        int bestVotes = 1;
        for (ProgramHeader entry : entries) {
            int here = votes.getOrDefault(entry.vaddr() - entry.paddr(), 0);
            if (here > bestVotes && entry.type() == ProgramHeader.PT_LOAD && entry.vaddr() != 0) {
                bestVotes = here;
                best = entry.vaddr() - entry.paddr();
            }
        }
        return best;
    }

    /// Where a segment's bytes can begin behind those that end at `end`: there, or at the next page.
    static boolean follows(long end, long offset) {
        return offset == end || offset == (end + PAGE_BYTES - 1) / PAGE_BYTES * PAGE_BYTES;
    }
}
