package io.inquest.dump.elf;

import java.util.List;

/// What a damaged program header must have been, from those before and behind it.
final class SegmentNeighbours {

    private SegmentNeighbours() {}

    /// Entry `index`, with the fields that its neighbours contradict put right where only one value mends them.
    ///
    /// @param distance between virtual and physical addresses of most segments, 0 if there is none
    static ProgramHeader repaired(List<ProgramHeader> entries, int index, long distance) {
        ProgramHeader entry = entries.get(index);
        if (entry.type() == ProgramHeader.PT_NULL && entry.offset() == 0 && entry.filesz() == 0 && entry.memsz() == 0) {
            return entry;
        }
        ProgramHeader before = index > 0 ? entries.get(index - 1) : null;
        ProgramHeader behind = index + 1 < entries.size() ? entries.get(index + 1) : null;
        int type = entry.type();
        boolean known = type == ProgramHeader.PT_LOAD || type == ProgramHeader.PT_NOTE;
        if (!known) {
            // A core has one header of notes, without an address: the one that is missing, or else this is memory.
            type = hasNotes(entries) || entry.paddr() != 0 ? ProgramHeader.PT_LOAD : ProgramHeader.PT_NOTE;
        }
        long offset = entry.offset();
        long filesz = entry.filesz();
        long memsz = entry.memsz();
        long paddr = entry.paddr();
        long vaddr = entry.vaddr();
        boolean startFits = before == null || ElfRecovery.follows(end(before), offset);
        boolean endFits =
                behind == null || behind.filesz() == 0 || ElfRecovery.follows(offset + filesz, behind.offset());
        if (before != null && behind != null && filesz > 0 && end(before) > 0 && behind.filesz() > 0) {
            long place = end(before);
            if (!startFits && ElfRecovery.follows(place + filesz, behind.offset())) {
                offset = place;
            } else if (!startFits && ElfRecovery.follows(aligned(place) + filesz, behind.offset())) {
                offset = aligned(place);
            } else if (startFits && !endFits && behind.offset() > offset && memsz == behind.offset() - offset) {
                filesz = memsz;
            }
        }
        // Nothing begins inside the ELF header; where the bytes before end is not known if those entries are lost.
        long ending = behind == null ? 0 : behind.offset() - filesz;
        if (filesz > 0 && offset < ElfRecovery.ELF32_HEADER_BYTES && ending >= ElfRecovery.ELF32_HEADER_BYTES) {
            offset = ending;
        }
        if (type == ProgramHeader.PT_LOAD && memsz < filesz) {
            memsz = filesz;
        }
        boolean misplaced = type == ProgramHeader.PT_LOAD
                && distance != 0
                && vaddr - paddr != distance
                && Long.bitCount((vaddr - distance) ^ paddr) == 1;
        if (misplaced) {
            // One wrong bit in one of the two: the one that lies among the other segments' addresses is right.
            boolean overlaps = overlaps(entries, index, paddr, memsz);
            boolean otherOverlaps = overlaps(entries, index, vaddr - distance, memsz);
            if (overlaps && !otherOverlaps) {
                paddr = vaddr - distance;
            } else if (!overlaps && otherOverlaps) {
                vaddr = paddr + distance;
            }
        }
        return new ProgramHeader(type, entry.flags(), offset, vaddr, paddr, filesz, memsz, entry.align());
    }

    private static boolean hasNotes(List<ProgramHeader> entries) {
        for (ProgramHeader entry : entries) {
            if (entry.type() == ProgramHeader.PT_NOTE) {
                return true;
            }
        }
        return false;
    }

    private static long end(ProgramHeader entry) {
        return entry.filesz() == 0 ? 0 : entry.offset() + entry.filesz();
    }

    private static long aligned(long place) {
        return (place + 4095) / 4096 * 4096;
    }

    private static boolean overlaps(List<ProgramHeader> entries, int index, long paddr, long memsz) {
        for (int i = 0; i < entries.size(); i++) {
            ProgramHeader other = entries.get(i);
            if (i != index
                    && other.type() == ProgramHeader.PT_LOAD
                    && other.paddr() < paddr + memsz
                    && paddr < other.paddr() + other.memsz()) {
                return true;
            }
        }
        return false;
    }
}
