package io.inquest.dump.kdump;

import io.inquest.dump.Note;
import io.inquest.dump.Warnings;
import io.inquest.dump.format.NoteReader;
import io.inquest.dump.io.ByteSource;
import io.inquest.dump.io.PatchedSource;
import io.inquest.dump.salvage.SalvageLog;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/// Puts a damaged sub header of a kdump-compressed file right, when its main header is: the notes are directly behind
/// it, the frames of a part of a split set stand in it twice, and where the first page lies shows one bit of the level.
final class SubHeaderRecovery {

    private static final int SUB_HEADER_BYTES = 104;
    private static final int LARGEST_LEVEL = 63;
    private static final int MOST_NOTE_BYTES = 16 << 20;

    private final PatchedSource source;
    private final SalvageLog log;
    private final KdumpHeader header;
    private final KdumpAbi abi;

    private SubHeaderRecovery(PatchedSource source, SalvageLog log) throws IOException {
        this.source = source;
        this.log = log;
        this.header = KdumpHeader.read(source);
        this.abi = KdumpSubHeader.read(source, header).abi();
    }

    /// Patches the sub header in `source` where it is wrong.
    static void recover(PatchedSource source, SalvageLog log) throws IOException {
        new SubHeaderRecovery(source, log).recover();
    }

    /// The size of the notes at a place, as they themselves tell; 0 if there are none.
    static long notesBytes(ByteSource source, ByteOrder order, long notesAt) throws IOException {
        List<Note> notes = new ArrayList<>();
        new NoteReader(source, order, Warnings.NONE)
                .read(notesAt, Math.clamp(source.size() - notesAt, 0, MOST_NOTE_BYTES), notes);
        long bytes = 0;
        for (Note note : notes) {
            if (note.name().isEmpty()) {
                break;
            }
            bytes += 12
                    + ((note.name().length() + 1 + 3) & ~3)
                    + ((note.description().remaining() + 3) & ~3);
        }
        return bytes;
    }

    private void recover() throws IOException {
        long start = header.blockBytes();
        ByteBuffer sub = ByteBuffer.allocate(SUB_HEADER_BYTES).order(header.order());
        source.readFully(start, sub);
        boolean changed = recoverNotes(sub);
        changed |= recoverPart(sub);
        changed |= recoverLevel(sub);
        if (changed) {
            source.patch(start, sub.array());
        }
    }

    /// The notes are directly behind the sub header, whoever wrote it.
    private boolean recoverNotes(ByteBuffer sub) throws IOException {
        long notesAt = (long) header.blockBytes() + abi.subHeaderBytes;
        long end = (1 + header.subHeaderBlocks()) << header.blockShift();
        long offset = sub.getLong(abi.noteOffsetAt);
        long size = word(sub, abi.noteSizeAt);
        boolean inPlace = offset >= header.blockBytes() && size > 0 && size <= end - offset;
        if (header.version() < 4 || (inPlace && notesBytes(source, header.order(), offset) >= size - 3)) {
            return false;
        }
        long bytes = notesBytes(source, header.order(), notesAt);
        if (bytes == 0 || bytes > end - notesAt) {
            // Each writer of this version has notes.
            log.lost("no note is there any more: vmcoreinfo, which tells what the kernel looks like, and the"
                    + " registers are lost");
            return false;
        }
        if (offset == notesAt && size == bytes) {
            return false;
        }
        if (offset == notesAt && inPlace) {
            log.lost("of " + size + " bytes of notes only the first " + bytes + " can be read");
        }
        sub.putLong(abi.noteOffsetAt, notesAt);
        putWord(sub, abi.noteSizeAt, bytes);
        log.repaired("the place of the notes was damaged; " + bytes + " bytes of them are at byte " + notesAt);
        return true;
    }

    /// A page of zeros before all others is there only at levels with bit 0.
    private boolean recoverLevel(ByteBuffer sub) throws IOException {
        int level = sub.getInt(abi.wordBytes);
        ByteBuffer first = ByteBuffer.allocate(Long.BYTES).order(header.order());
        long descriptorsAt = (1 + header.subHeaderBlocks() + header.bitmapBlocks()) << header.blockShift();
        if (header.version() < 1 || source.size() < descriptorsAt + PageDescriptors.BYTES) {
            return false;
        }
        source.readFully(descriptorsAt, first);
        long room = first.getLong(0) - descriptorsAt;
        boolean hasZeroPage = room > header.blockBytes()
                && room % PageDescriptors.BYTES != 0
                && (room - header.blockBytes()) % PageDescriptors.BYTES == 0;
        int right = (level < 0 || level > LARGEST_LEVEL ? level & 31 : level) | (hasZeroPage ? 1 : 0);
        if (right == level) {
            return false;
        }
        sub.putInt(abi.wordBytes, right);
        log.repaired("the sub header's dump_level was " + level + " and is taken for " + right);
        return true;
    }

    /// The first and last frame of a part stand there twice.
    private boolean recoverPart(ByteBuffer sub) {
        if (header.version() < KdumpHeader.NEWEST_VERSION) {
            return false;
        }
        int splitAt = abi.wordBytes + 4;
        long narrowStart = word(sub, splitAt + 4);
        long narrowEnd = word(sub, splitAt + 4 + abi.wordBytes);
        long wideStart = sub.getLong(abi.widePfnsAt);
        long wideEnd = sub.getLong(abi.widePfnsAt + 8);
        boolean narrowIsEmpty = narrowStart == 0 && narrowEnd == 0;
        boolean wideIsEmpty = wideStart == 0 && wideEnd == 0;
        int split = narrowIsEmpty || wideIsEmpty ? 0 : 1;
        if (narrowEnd == wideEnd && narrowStart == wideStart && wideEnd > 0) {
            split = 1;
        }
        boolean changed = false;
        if (sub.getInt(splitAt) != split) {
            log.repaired("the sub header's split was " + sub.getInt(splitAt) + " and is " + split);
            sub.putInt(splitAt, split);
            changed = true;
        }
        long frames = header.maxMapnr();
        boolean wideFits = wideStart >= 0 && wideStart <= wideEnd && wideEnd <= frames;
        boolean narrowFits = narrowStart >= 0 && narrowStart <= narrowEnd && narrowEnd <= frames;
        if (split == 1 && !wideFits && narrowFits) {
            sub.putLong(abi.widePfnsAt, narrowStart).putLong(abi.widePfnsAt + 8, narrowEnd);
            log.repaired("the sub header's start_pfn and end_pfn were damaged and are 0x"
                    + Long.toHexString(narrowStart) + " and 0x" + Long.toHexString(narrowEnd));
            changed = true;
        }
        return changed;
    }

    private long word(ByteBuffer sub, int at) {
        return abi.wordBytes == 8 ? sub.getLong(at) : sub.getInt(at) & 0xffff_ffffL;
    }

    private void putWord(ByteBuffer sub, int at, long value) {
        if (abi.wordBytes == 8) {
            sub.putLong(at, value);
        } else {
            sub.putInt(at, (int) value);
        }
    }
}
