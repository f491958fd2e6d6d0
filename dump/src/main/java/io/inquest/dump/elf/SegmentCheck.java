package io.inquest.dump.elf;

import io.inquest.dump.PhysicalSegment;
import io.inquest.dump.format.Counted;
import io.inquest.dump.io.ByteSource;
import io.inquest.dump.trailer.Trailer;
import io.inquest.dump.verify.Finding;
import io.inquest.dump.verify.Findings;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// Checks the segments of an ELF core against each other and the file: each has bytes of its own there.
final class SegmentCheck {

    /// Behind the number of pages.
    static final String IN_NO_SEGMENT = "in no segment: which page frames they are of cannot be told";

    private SegmentCheck() {}

    static void examine(List<PhysicalSegment> segments, long fileBytes, int pageShift, Findings findings) {
        List<PhysicalSegment> inFile = new ArrayList<>();
        for (PhysicalSegment segment : segments) {
            if (segment.fileBytes() > 0) {
                inFile.add(segment);
                checkEnd(segment, fileBytes, pageShift, findings);
            }
        }
        inFile.sort(Comparator.comparingLong(PhysicalSegment::fileOffset));
        for (int i = 1; i < inFile.size(); i++) {
            checkOverlap(inFile.get(i - 1), inFile.get(i), pageShift, findings);
        }
    }

    private static void checkEnd(PhysicalSegment segment, long fileBytes, int pageShift, Findings findings) {
        long held = Math.clamp(fileBytes - segment.fileOffset(), 0, segment.fileBytes());
        if (held == segment.fileBytes() || !segment.hasPhysicalAddress()) {
            return;
        }
        long first = (segment.physicalAddress() + held) >>> pageShift;
        long end = (segment.physicalAddress() + segment.fileBytes() + (1L << pageShift) - 1) >>> pageShift;
        findings.add(Finding.missing(
                        "segments",
                        "page frames 0x" + Long.toHexString(first) + " to 0x" + Long.toHexString(end - 1)
                                + " of a segment lie behind the end of the file")
                .at(segment.fileOffset() + held, segment.fileBytes() - held)
                .costing(first, end, end - first));
    }

    /// The segments that lie in holes of the file, which only a flattened stream has.
    static List<Finding> findHoles(List<PhysicalSegment> segments, ByteSource source, int pageShift) {
        List<Finding> findings = new ArrayList<>();
        for (PhysicalSegment segment : segments) {
            long start = Math.min(segment.fileOffset(), source.size());
            long end = Math.min(segment.fileOffset() + segment.fileBytes(), source.size());
            if (!segment.hasPhysicalAddress() || source.covers(start, end - start)) {
                continue;
            }
            long hole = source.nextHole(start);
            long pfn = (segment.physicalAddress() + hole - start) >>> pageShift;
            findings.add(Finding.missing(
                            "segments",
                            "the page frames of a segment from 0x" + Long.toHexString(pfn)
                                    + " on are in no record of the flattened stream, all or in part")
                    .at(hole, Math.min(source.nextData(hole), end) - hole));
        }
        return findings;
    }

    /// The pages of a core whose trailer tells where its pages are, and that no segment has any more.
    static Optional<Finding> findPagesOfNone(List<PhysicalSegment> segments, Trailer.Extent pages, int pageShift) {
        List<PhysicalSegment> inFile = new ArrayList<>(segments);
        inFile.sort(Comparator.comparingLong(PhysicalSegment::fileOffset));
        long bytes = 0;
        long known = pages.start();
        for (PhysicalSegment segment : inFile) {
            long start = Math.clamp(segment.fileOffset(), known, pages.end());
            bytes += start - known;
            known = Math.clamp(segment.fileOffset() + segment.fileBytes(), start, pages.end());
        }
        bytes += pages.end() - known;
        long lost = (bytes + (1L << pageShift) - 1) >>> pageShift;
        return lost == 0
                ? Optional.empty()
                : Optional.of(Finding.damaged("program headers", Counted.of(lost, "page") + " " + IN_NO_SEGMENT)
                        .costing(lost));
    }

    /// Writers give each segment its own bytes, also where two hold the same memory.
    private static void checkOverlap(PhysicalSegment one, PhysicalSegment two, int pageShift, Findings findings) {
        long end = one.fileOffset() + one.fileBytes();
        if (end > two.fileOffset()) {
            findings.add(Finding.damaged(
                            "segments",
                            "the segments of page frames 0x" + Long.toHexString(one.physicalAddress() >>> pageShift)
                                    + " and 0x" + Long.toHexString(two.physicalAddress() >>> pageShift)
                                    + " on claim the same bytes of the file: one of their program headers is wrong")
                    .at(two.fileOffset(), Math.min(end - two.fileOffset(), two.fileBytes())));
        }
    }
}
