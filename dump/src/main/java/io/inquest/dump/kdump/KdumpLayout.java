package io.inquest.dump.kdump;

import io.inquest.dump.DumpHeader;
import io.inquest.dump.Machine;
import io.inquest.dump.NoteArea;

/// What a kdump-compressed file of version 6 will hold, and so where in the file each thing lies.
///
/// | Place                         | Thing                                                               |
/// |-------------------------------|---------------------------------------------------------------------|
/// | block 0                       | main header                                                         |
/// | block 1                       | sub header, directly behind it the notes                            |
/// | block 1 + S                   | bitmap 1: frames that are memory (S: blocks of sub header and notes)|
/// | behind it, block aligned      | bitmap 2: frames that the file holds                                |
/// | behind it, block aligned      | 24 bytes for each frame of bitmap 2, in order                       |
/// | directly behind               | the pages, packed; first the shared zero page, if there is one      |
/// | directly behind               | the erase text, if there is one; then Inquest's trailer             |
///
/// A part of a split set has both bitmaps of the whole set and room for all descriptors of the set, so that its
/// pages begin at the same place in each part.
///
/// @param machine its byte order and word size are those of the headers
/// @param header kernel name, time, level, `phys_base`, status bits (with those of the compression), CPUs,
/// erase text, part
/// @param notes all ELF notes
/// @param endPfn `max_mapnr`: one past the highest frame
/// @param dumpablePages frames that will be set in bitmap 2, of the whole set
public record KdumpLayout(Machine machine, DumpHeader header, NoteArea notes, long endPfn, long dumpablePages) {

    static final int DESCRIPTOR_BYTES = 24;
    private static final int LEVEL_EXCLUDES_ZERO = 1;

    /// The block is a page.
    int blockBytes() {
        return machine.pageBytes();
    }

    long subHeaderOffset() {
        return blockBytes();
    }

    long notesOffset() {
        return subHeaderOffset() + HeaderEncoder.subHeaderBytes(machine);
    }

    int subHeaderBlocks() {
        return Math.ceilDiv(HeaderEncoder.subHeaderBytes(machine) + notes.size(), blockBytes());
    }

    long bitmapsOffset() {
        return (long) blockBytes() * (1 + subHeaderBlocks());
    }

    /// Bytes of one bitmap that say something; the rest of its last block is zero.
    long bitmapBytes() {
        return Math.ceilDiv(endPfn, (long) Byte.SIZE);
    }

    /// Bytes from the begin of one bitmap to the begin of the next.
    long bitmapStride() {
        return Math.ceilDiv(bitmapBytes(), blockBytes()) * blockBytes();
    }

    /// Blocks of both bitmaps together.
    int bitmapBlocks() {
        return Math.toIntExact(2 * bitmapStride() / blockBytes());
    }

    long descriptorsOffset() {
        return bitmapsOffset() + 2 * bitmapStride();
    }

    /// Where the pages begin; what lies before depends on their number only.
    public long dataOffset() {
        return descriptorsOffset() + DESCRIPTOR_BYTES * dumpablePages;
    }

    /// Whether pages of zeros are one page in the file, which lies first in the data.
    boolean sharesZeroPage() {
        return (header.dumpLevel().orElse(0) & LEVEL_EXCLUDES_ZERO) != 0;
    }
}
