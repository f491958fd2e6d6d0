package io.inquest.dump.kdump;

import io.inquest.dump.format.Zeros;
import io.inquest.dump.io.ByteSource;
import io.inquest.dump.io.PatchedSource;
import io.inquest.dump.salvage.SalvageLog;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Puts damaged headers of a kdump-compressed file right, from what the file says twice and from its tables: each
/// descriptor leads to where the one before ended, so the table is found without the headers; where it is gives the
/// size of the bitmaps; the notes are behind the sub header.
///
/// What is tried, in this order, and the first that holds is taken:
///
/// 1. what the headers say, if the sizes agree with each other and with the notes, or lead to descriptors
/// 2. what descriptors say that are found in the file, in the byte order of most machines first
/// 3. what the headers say, whatever that is
final class HeaderRecovery {

    private static final int HEADER_BYTES = 464;
    private static final int SUB_HEADER_BYTES = 104;
    private static final int UTSNAME_AT = 12;
    private static final int UTSNAME_BYTES = 6 * 65;
    private static final int LP64_FIELDS_AT = 424;

    private final PatchedSource source;
    private final SalvageLog log;
    private final byte[] main = new byte[HEADER_BYTES];
    private ByteBuffer fields = ByteBuffer.wrap(main);
    private int fieldsAt = LP64_FIELDS_AT;
    private boolean framesAgree;
    private int version = KdumpHeader.NEWEST_VERSION;

    private HeaderRecovery(PatchedSource source, SalvageLog log) {
        this.source = source;
        this.log = log;
    }

    /// Whether `start`, the first bytes of a file, can have been the begin of a kdump-compressed one.
    static boolean looksLike(ByteBuffer start) {
        byte[] signature = KdumpHeader.SIGNATURE.getBytes(StandardCharsets.US_ASCII);
        int same = 0;
        for (int i = 0; i < Math.min(signature.length, start.limit()); i++) {
            same += start.get(i) == signature[i] ? 1 : 0;
        }
        return same >= signature.length - 2;
    }

    /// Whether a file that does not begin as a kdump-compressed one is one by its sizes or its tables.
    static boolean hasTables(ByteSource source) throws IOException {
        HeaderRecovery recovery = new HeaderRecovery(new PatchedSource(source), new SalvageLog());
        if (source.size() < HEADER_BYTES) {
            return false;
        }
        source.readFully(0, ByteBuffer.wrap(recovery.main));
        Geometry told = recovery.told();
        return (told != null && told.bitmapsFit()) || recovery.found(told) != null;
    }

    /// Patches the headers in `source` where they are wrong.
    static void recover(PatchedSource source, SalvageLog log) throws IOException {
        HeaderRecovery recovery = new HeaderRecovery(source, log);
        source.readFully(0, ByteBuffer.wrap(recovery.main));
        recovery.recoverSignature();
        recovery.recoverMainHeader();
        SubHeaderRecovery.recover(source, log);
    }

    private void recoverSignature() {
        byte[] signature = KdumpHeader.SIGNATURE.getBytes(StandardCharsets.US_ASCII);
        if (!KdumpHeader.SIGNATURE.equals(new String(main, 0, signature.length, StandardCharsets.ISO_8859_1))) {
            System.arraycopy(signature, 0, main, 0, signature.length);
            source.patch(0, signature);
            log.repaired("the signature of the main header was damaged");
        }
    }

    private void recoverMainHeader() throws IOException {
        Geometry told = told();
        if (told != null && told.bitmapsFit() && (leadsToDescriptors(told) || isConsistent(told))) {
            accept(told);
            return;
        }
        Geometry found = found(told);
        // Bitmaps that are as large as the number of frames needs are right. What was found elsewhere are descriptors,
        // but not the first of them.
        boolean contradicts =
                found != null && told != null && told.bitmapsFit() && found.bitmapBlocks() != told.bitmapBlocks();
        if (found != null && !contradicts) {
            if (Zeros.only(main, UTSNAME_AT, UTSNAME_AT + UTSNAME_BYTES)) {
                log.lost("the kernel's name and release in the main header are lost");
            }
            accept(found);
            log.repaired("the main header was damaged: block size " + (1 << found.blockShift()) + ", "
                    + found.subHeaderBlocks() + " blocks of sub header, " + found.bitmapBlocks()
                    + " blocks of bitmaps and " + found.maxMapnr() + " page frames were found from its tables");
        } else if (told != null) {
            accept(told);
        }
    }

    /// Whether the sizes agree with the notes, and the two headers with each other: then a first descriptor that is
    /// damaged, lost or shared with another page says nothing against them.
    private boolean isConsistent(Geometry told) throws IOException {
        return framesAgree && told.subHeaderBlocks() == subHeaderBlocks(told.order(), told.blockShift());
    }

    private boolean leadsToDescriptors(Geometry told) throws IOException {
        return Geometry.hasDescriptors(source, told.order(), told.descriptorsAt(), 1 << told.blockShift());
    }

    /// What the headers say, if they can be read at all.
    private @Nullable Geometry told() {
        try {
            KdumpHeader header = KdumpHeader.read(source);
            fieldsAt = header.fieldsAt();
            KdumpSubHeader sub = KdumpSubHeader.read(source, header);
            Geometry geometry = new Geometry(
                    header.order(),
                    header.blockShift(),
                    header.subHeaderBlocks(),
                    header.bitmapBlocks(),
                    sub.maxMapnr(header));
            Geometry narrow = new Geometry(
                    header.order(),
                    header.blockShift(),
                    header.subHeaderBlocks(),
                    header.bitmapBlocks(),
                    header.maxMapnr());
            framesAgree = (geometry.maxMapnr() & 0xffff_ffffL) == header.maxMapnr();
            boolean wideIsWrong = !geometry.bitmapsFit() && narrow.bitmapsFit();
            return wideIsWrong ? narrow : geometry;
        } catch (IOException unreadable) {
            return null;
        }
    }

    /// What the tables say.
    private @Nullable Geometry found(@Nullable Geometry told) throws IOException {
        for (ByteOrder order : new ByteOrder[] {ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN}) {
            for (int shift : shifts(told)) {
                long at = Geometry.findDescriptors(source, order, 1 << shift);
                if (at == Geometry.NOT_FOUND) {
                    continue;
                }
                Geometry geometry = geometry(told, order, shift, at);
                if (geometry != null) {
                    return geometry;
                }
            }
        }
        return null;
    }

    /// The block size of the header, or that of vmcoreinfo, or 4096 to 65536 in turn.
    private static int[] shifts(@Nullable Geometry told) {
        return told == null ? new int[] {12, 16, 14, 13, 15} : new int[] {told.blockShift(), 12, 16, 14};
    }

    private @Nullable Geometry geometry(@Nullable Geometry told, ByteOrder order, int shift, long descriptorsAt)
            throws IOException {
        long tables = (descriptorsAt >>> shift) - 1;
        long subBlocks = told == null ? 0 : told.subHeaderBlocks();
        boolean plausible = told != null && subBlocks >= 1 && subBlocks < tables && (tables - subBlocks) % 2 == 0;
        if (!plausible || told == null || told.bitmapBlocks() != tables - subBlocks) {
            long byNotes = subHeaderBlocks(order, shift);
            subBlocks = byNotes > 0 && (tables - byNotes) % 2 == 0 ? byNotes : plausible ? subBlocks : byNotes;
        }
        long bitmapBlocks = tables - subBlocks;
        if (subBlocks < 1 || bitmapBlocks < 2 || bitmapBlocks % 2 != 0) {
            return null;
        }
        return new Geometry(order, shift, subBlocks, bitmapBlocks, maxMapnr(order, shift, subBlocks, bitmapBlocks));
    }

    /// S as the notes need it.
    private long subHeaderBlocks(ByteOrder order, int shift) throws IOException {
        long notesAt = (1L << shift) + SUB_HEADER_BYTES;
        long bytes = SubHeaderRecovery.notesBytes(source, order, notesAt);
        return (SUB_HEADER_BYTES + bytes + (1L << shift) - 1) >>> shift;
    }

    /// The number of frames that one of the two headers gives, if the bitmaps have that size; else the last frame of
    /// bitmap 1 ends them.
    private long maxMapnr(ByteOrder order, int shift, long subBlocks, long bitmapBlocks) throws IOException {
        byte[] sub = new byte[SUB_HEADER_BYTES];
        source.readFully(1L << shift, ByteBuffer.wrap(sub));
        long wide = ByteBuffer.wrap(sub).order(order).getLong(96);
        long narrow = ByteBuffer.wrap(main).order(order).getInt(fieldsAt + 16) & 0xffff_ffffL;
        for (long frames : new long[] {wide, narrow}) {
            if (frames > 0 && 2 * Geometry.bitmapBlocks(frames, shift) == bitmapBlocks) {
                return frames;
            }
        }
        long most = (bitmapBlocks / 2) << (shift + 3);
        FrameBitmap existing = new FrameBitmap(source, (1 + subBlocks) << shift, most, 0);
        long last = most - 1;
        while (last > 0 && !existing.get(last)) {
            last--;
        }
        return last + 1;
    }

    /// Notes are there only since version 4; a header of zeros would have version 0.
    private boolean hasNotesOfALaterVersion(Geometry geometry) throws IOException {
        long notesAt = (1L << geometry.blockShift()) + SUB_HEADER_BYTES;
        return version == 0 && SubHeaderRecovery.notesBytes(source, geometry.order(), notesAt) > 0;
    }

    /// Writes a geometry into the main header, where it is not there already.
    private void accept(Geometry geometry) throws IOException {
        fields = ByteBuffer.wrap(main).order(geometry.order());
        put("block_size", fieldsAt + 4, 1 << geometry.blockShift());
        put("sub_hdr_size", fieldsAt + 8, (int) geometry.subHeaderBlocks());
        put("bitmap_blocks", fieldsAt + 12, (int) geometry.bitmapBlocks());
        put("max_mapnr", fieldsAt + 16, (int) Math.min(geometry.maxMapnr(), 0xffff_ffffL));
        version = fields.getInt(8);
        if (version < 0 || version > KdumpHeader.NEWEST_VERSION || hasNotesOfALaterVersion(geometry)) {
            put("header_version", 8, KdumpHeader.NEWEST_VERSION);
            version = KdumpHeader.NEWEST_VERSION;
        }
        recoverWideFrames(geometry);
    }

    private void put(String field, int at, int value) {
        if (fields.getInt(at) != value) {
            log.repaired("the main header's " + field + " was " + Integer.toUnsignedString(fields.getInt(at))
                    + " and is " + Integer.toUnsignedString(value));
            fields.putInt(at, value);
            source.patch(at, Arrays.copyOfRange(main, at, at + Integer.BYTES));
        }
    }

    private KdumpAbi abi() throws IOException {
        KdumpHeader header = KdumpHeader.read(source);
        return KdumpSubHeader.read(source, header).abi();
    }

    private void recoverWideFrames(Geometry geometry) throws IOException {
        if (version < KdumpHeader.NEWEST_VERSION) {
            return;
        }
        long at = (1L << geometry.blockShift()) + abi().widePfnsAt + 16;
        ByteBuffer wide = ByteBuffer.allocate(Long.BYTES).order(geometry.order());
        source.readFully(at, wide);
        if (wide.getLong(0) != geometry.maxMapnr()) {
            log.repaired("the sub header's max_mapnr was " + Long.toUnsignedString(wide.getLong(0)) + " and is "
                    + geometry.maxMapnr());
            source.patch(at, wide.putLong(0, geometry.maxMapnr()).array());
        }
    }
}
