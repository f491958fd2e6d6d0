package io.inquest.dump;

import java.util.ArrayList;
import java.util.List;

/// What lies where in a raw image of memory, which cannot tell itself.
///
/// @param machine the machine that the memory belongs to
/// @param ranges what the image holds, in any order
public record RawLayout(Machine machine, List<Range> ranges) {

    /// `bytes` bytes from `physicalAddress` on lie in the image at `fileOffset`.
    public record Range(long physicalAddress, long bytes, long fileOffset) {

        public Range {
            if (physicalAddress < 0 || bytes < 0 || fileOffset < 0 || physicalAddress > Long.MAX_VALUE - bytes) {
                throw new IllegalArgumentException("raw range of " + bytes + " bytes at physical address 0x"
                        + Long.toHexString(physicalAddress) + ", file offset " + fileOffset);
            }
        }
    }

    public RawLayout {
        ranges = List.copyOf(ranges);
    }

    /// An image of all memory from physical address 0 on, without holes: what QEMU's `pmemsave 0 …` writes.
    public static RawLayout contiguous(Machine machine, long bytes) {
        return new RawLayout(machine, List.of(new Range(0, bytes, 0)));
    }

    /// The ranges as segments without virtual addresses.
    public List<PhysicalSegment> segments() {
        List<PhysicalSegment> segments = new ArrayList<>();
        for (Range range : ranges) {
            segments.add(
                    new PhysicalSegment(0, range.physicalAddress(), range.bytes(), range.bytes(), range.fileOffset()));
        }
        return segments;
    }
}
