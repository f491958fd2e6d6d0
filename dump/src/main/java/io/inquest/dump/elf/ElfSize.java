package io.inquest.dump.elf;

import java.io.IOException;

/// How many program headers and bytes an ELF core will have, and so where its parts lie.
///
/// @param programHeaders the PT_NOTE and the PT_LOADs
/// @param notesOffset where the notes lie: behind the program headers and the section header, if there is one
/// @param dataOffset where the bytes of the first PT_LOAD lie: directly behind the notes
/// @param dataBytes bytes of all PT_LOADs
record ElfSize(long programHeaders, long notesOffset, long dataOffset, long dataBytes) {

    static ElfSize measure(ElfLayout layout, FrameSelection selection) throws IOException {
        SegmentCutter cutter =
                new SegmentCutter(layout.segments(), selection, layout.machine().pageShift());
        long programHeaders = 1;
        long dataBytes = 0;
        while (cutter.nextSegment()) {
            while (cutter.hasPiece()) {
                dataBytes += cutter.nextPiece().fileBytes();
                programHeaders++;
            }
        }
        ElfEncoder encoder = new ElfEncoder(layout.machine());
        long notesOffset = encoder.headerBytes() + programHeaders * encoder.programHeaderBytes();
        if (programHeaders >= ElfEncoder.PN_XNUM) {
            notesOffset += encoder.sectionHeaderBytes();
        }
        return new ElfSize(
                programHeaders, notesOffset, notesOffset + layout.notes().size(), dataBytes);
    }
}
