package io.inquest.dump.kdump;

import io.inquest.dump.PageBitmap;
import io.inquest.dump.format.Counted;
import io.inquest.dump.format.Zeros;
import io.inquest.dump.io.ByteSource;
import io.inquest.dump.kdump.DescriptorChain.Condition;
import io.inquest.dump.kdump.DescriptorChain.Link;
import io.inquest.dump.verify.Finding;
import io.inquest.dump.verify.Findings;
import io.inquest.dump.verify.FrameRuns;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.OptionalLong;

/// Checks all of a kdump-compressed file but the contents of its pages: bitmap against bitmap, each descriptor
/// against its neighbours and the file.
final class StructureCheck {

    private static final int WINDOW_FRAMES = 1 << 20;

    private final PageTable table;
    private final Findings findings;
    private final Runs neverWritten = new Runs();
    private final Runs behindEnd = new Runs();
    private final Runs inHole = new Runs();
    private long index;
    private long pfn;

    private StructureCheck(PageTable table, Findings findings) {
        this.table = table;
        this.findings = findings;
    }

    /// `ours`: Inquest wrote the file, so that it is known what lies where no page is described.
    static void examine(PageTable table, boolean ours, Findings findings) throws IOException {
        StructureCheck check = new StructureCheck(table, findings);
        check.checkBitmaps();
        check.checkPadding("bitmap 1", table.existing().end());
        check.checkPadding("bitmap 2", table.stored().end());
        check.checkRoom();
        check.checkDescriptors();
        if (ours && table.isPart()) {
            check.checkUnusedDescriptors();
        }
    }

    /// The first and last frame of what is alike, and how many there are.
    private static final class Runs {

        private final FrameRuns frames = new FrameRuns(0);
        private long first = -1;
        private long last;

        void add(long pfn) {
            first = first < 0 ? pfn : Math.min(first, pfn);
            last = Math.max(last, pfn);
            frames.add(pfn, pfn + 1);
        }

        Finding cost(Finding finding) {
            return finding.costing(first, last + 1, frames.frames());
        }

        boolean any() {
            return first >= 0;
        }
    }

    private long endPfn() {
        return Math.min(
                table.endPfn(),
                Math.min(table.existing().knownEnd(), table.stored().knownEnd()));
    }

    /// A frame that the dump holds is memory of the machine.
    private void checkBitmaps() throws IOException {
        Runs strangers = new Runs();
        PageBitmap existing = new PageBitmap(WINDOW_FRAMES);
        PageBitmap stored = new PageBitmap(WINDOW_FRAMES);
        for (long first = 0; first < endPfn(); first += WINDOW_FRAMES) {
            int frames = (int) Math.min(WINDOW_FRAMES, endPfn() - first);
            existing.reset(first, frames);
            stored.reset(first, frames);
            table.existing().mark(existing, 0, endPfn());
            table.stored().mark(stored, 0, endPfn());
            for (int word = 0; word < (frames + Long.SIZE - 1) / Long.SIZE; word++) {
                long wrong = stored.words()[word] & ~existing.words()[word];
                for (; wrong != 0; wrong &= wrong - 1) {
                    strangers.add(first + (long) word * Long.SIZE + Long.numberOfTrailingZeros(wrong));
                }
            }
        }
        if (strangers.any()) {
            findings.add(Finding.damaged(
                            "bitmaps",
                            "bitmap 2 promises " + Counted.of(strangers.frames.frames(), "page frame")
                                    + ", the first 0x"
                                    + Long.toHexString(strangers.first)
                                    + ", that are no memory in bitmap 1: one of them is wrong there")
                    .costing(strangers.first, strangers.last + 1, 0));
        }
    }

    /// A part of a split set has room for the descriptors of the whole set.
    private void checkRoom() throws IOException {
        OptionalLong room = table.describedRoom();
        if (!table.isPart() || room.isEmpty() || table.stored().knownEnd() < table.endPfn()) {
            return;
        }
        long promised = table.stored().count(0, table.endPfn());
        if (room.getAsLong() != promised) {
            findings.add(Finding.damaged(
                    "bitmaps",
                    "bitmap 2 has " + Counted.of(promised, "page") + ", but the file has room for the descriptors of "
                            + room.getAsLong() + ": it is damaged, and frames may be given the contents of others"));
        }
    }

    /// No writer puts anything between the last frame of a bitmap and the end of its block.
    private void checkPadding(String bitmap, long start) throws IOException {
        byte[] padding = new byte[(int) (-start & (table.pageBytes() - 1))];
        try {
            table.source().readFully(start, ByteBuffer.wrap(padding));
        } catch (EOFException cut) {
            return;
        }
        if (!Zeros.only(padding, 0, padding.length)) {
            findings.add(Finding.damaged(
                            "bitmaps", "behind the last page frame of " + bitmap + " is junk; no page is affected")
                    .at(start, padding.length));
        }
    }

    private void checkDescriptors() throws IOException {
        long pages = table.storedPages();
        long held = Math.clamp((table.source().size() - table.descriptorsAt()) / PageDescriptors.BYTES, 0, pages);
        DescriptorChain chain = new DescriptorChain(
                table.descriptorsAt() + PageDescriptors.BYTES, table.source().size(), table.pageBytes(), this::judged);
        chain.beginAt(table.firstPageAt());
        PageBitmap window = new PageBitmap(WINDOW_FRAMES);
        long start = table.range().startPfn() & -Long.SIZE;
        long end = Math.min(table.range().endPfn(), endPfn());
        for (long first = start; first < end; first += WINDOW_FRAMES) {
            window.reset(first, (int) Math.min(WINDOW_FRAMES, end - first));
            table.stored().mark(window, table.range().startPfn(), end);
            for (pfn = window.nextSet(first); pfn < window.endPfn(); pfn = window.nextSet(pfn + 1)) {
                if (index >= held) {
                    behindEnd.add(pfn);
                } else if (!table.source().covers(place(index), PageDescriptors.BYTES)) {
                    inHole.add(pfn);
                    chain.missing();
                } else {
                    check(chain);
                }
                index++;
            }
        }
        chain.end();
        if (neverWritten.any()) {
            findings.add(neverWritten.cost(Finding.missing("pages", "pages were never written")));
        }
        if (behindEnd.any()) {
            findings.add(behindEnd.cost(
                    Finding.missing("pages", "pages or their descriptors lie behind the end of the file")));
        }
        if (inHole.any()) {
            findings.add(inHole.cost(
                    Finding.missing("pages", "pages or their descriptors are in no record of the flattened stream")));
        }
    }

    /// The descriptors of other parts of the set are all zero here.
    private void checkUnusedDescriptors() throws IOException {
        ByteSource source = table.source();
        byte[] piece = new byte[1 << 16];
        long end = Math.min(place(table.describableFrames()), source.size());
        for (long at = source.nextData(place(table.storedPages())); at < end; at = source.nextData(at + piece.length)) {
            int length = (int) Math.min(piece.length, end - at);
            source.readFully(at, ByteBuffer.wrap(piece, 0, length));
            if (!Zeros.only(piece, 0, length)) {
                findings.add(Finding.damaged(
                                "page descriptors", "junk is where only other parts of the split set have descriptors")
                        .at(at, length));
            }
        }
    }

    private void check(DescriptorChain chain) throws IOException {
        PageDescriptors.Block block = table.descriptors().block(index);
        int at = PageDescriptors.indexInBlock(index);
        boolean shared = table.isZeroPage(block.offset(at), block.size(at), block.flags(at));
        if (block.pageFlags(at) != 0) {
            findings.add(Finding.damaged(
                            "page descriptors",
                            "the descriptor of page frame 0x" + Long.toHexString(pfn)
                                    + " has page_flags, which no writer sets")
                    .at(place(index), PageDescriptors.BYTES));
        }
        chain.add(index, block.offset(at), block.size(at), block.flags(at), shared);
    }

    private long place(long ofIndex) {
        return table.descriptorsAt() + ofIndex * PageDescriptors.BYTES;
    }

    /// The chain judges a descriptor two links late, so its frame is looked for.
    private void judged(Link link, Condition condition) {
        switch (condition) {
            case PLAUSIBLE -> {
                if (link.offset > table.source().size() - link.size) {
                    // The data of a page before, which it shares, is behind the end.
                    behindEnd.add(frameOf(link));
                } else if (!table.source().covers(link.offset, link.size)) {
                    inHole.add(frameOf(link));
                }
            }
            case NEVER_WRITTEN -> neverWritten.add(link.index == index ? pfn : frameOf(link));
            case BEHIND_END -> behindEnd.add(frameOf(link));
            case REPAIRABLE, WRONG -> wrong(link, condition);
        }
    }

    private void wrong(Link link, Condition condition) {
        long frame = frameOf(link);
        findings.add(Finding.damaged(
                        "page descriptors",
                        "the descriptor of page frame 0x" + Long.toHexString(frame) + " " + link.problem
                                + (condition == Condition.REPAIRABLE ? "; salvage can put it right" : ""))
                .at(place(link.index), PageDescriptors.BYTES)
                .costing(frame, frame + 1, 1));
    }

    private long frameOf(Link link) {
        try {
            return table.frameOf(link.index);
        } catch (IOException unreadable) {
            return pfn;
        }
    }
}
