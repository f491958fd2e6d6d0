package io.inquest.dump.kdump;

import io.inquest.dump.salvage.FrameEvidence;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Which descriptor belongs to which frame where bitmap 2 has wrong bits.
///
/// The descriptor of a frame is found by counting the bits below it. A bit too many gives every frame behind it
/// the page of the frame before, a bit too few that of the next. Pages whose contents tell their frame are
/// anchors: between two that agree on the shift, all frames have it; where it changes, the wrong bit is
/// somewhere between two anchors, and what lies there cannot be told.
final class FrameAlignment {

    /// How many anchors must agree before they are believed.
    private static final int LEAST_AGREEING = 2;

    private static final int SAMPLES = 1 << 16;

    /// Frames from `startPfn` on, up to the next piece, have the descriptor `shift` behind the one that bitmap
    /// 2 gives them.
    ///
    /// @param known false where it cannot be told
    record Piece(long startPfn, boolean known, long shift) {}

    /// Reads the page of a descriptor, or null if it cannot be read.
    interface Pages {
        @Nullable
        ByteBuffer pageOf(long index) throws IOException;
    }

    private final PageTable table;
    private final List<Piece> pieces;
    private int latest;

    private FrameAlignment(PageTable table, List<Piece> pieces) {
        this.table = table;
        this.pieces = pieces;
    }

    /// As bitmap 2 says.
    static FrameAlignment trusting(PageTable table) {
        return new FrameAlignment(table, List.of(new Piece(0, true, 0)));
    }

    /// As it is told piece by piece, in order of their frames.
    static FrameAlignment of(PageTable table, List<Piece> pieces) {
        return new FrameAlignment(table, List.copyOf(pieces));
    }

    /// By the contents of the pages. `described` descriptors are there.
    static FrameAlignment byEvidence(PageTable table, long described, FrameEvidence evidence, Pages pages)
            throws IOException {
        FrameAlignment alignment = new FrameAlignment(table, new Search(table, described, evidence, pages).search());
        // Frames that are told now tell more: constants that only pages behind the wrong bit could show.
        alignment.teach(described, evidence, pages);
        return new FrameAlignment(table, new Search(table, described, evidence, pages).search());
    }

    private void teach(long described, FrameEvidence evidence, Pages pages) throws IOException {
        for (int i = 0; i < pieces.size(); i++) {
            Piece piece = pieces.get(i);
            long end = i + 1 < pieces.size() ? pieces.get(i + 1).startPfn() : table.endPfn();
            if (!piece.known() || piece.shift() == 0) {
                continue;
            }
            long first = table.descriptorIndex(
                    Math.max(piece.startPfn(), table.range().startPfn()));
            long last = table.descriptorIndex(Math.min(end, table.range().endPfn()));
            long step = Math.max(1, (last - first) / SAMPLES);
            for (long index = first; index < last; index += step) {
                boolean exists = index + piece.shift() >= 0 && index + piece.shift() < described;
                ByteBuffer page = exists ? pages.pageOf(index + piece.shift()) : null;
                if (page != null) {
                    evidence.learn(table.frameOf(index), page);
                }
            }
        }
        if (!evidence.learned()) {
            evidence.learnedFromMoved();
        }
    }

    /// Whether some pages of a sample contradict bitmap 2.
    static boolean isContradicted(PageTable table, FrameEvidence evidence, Pages pages) throws IOException {
        long count = table.storedPages();
        long step = Math.max(1, count / SAMPLES);
        for (long index = 0; index < count; index += step) {
            ByteBuffer page = pages.pageOf(index);
            if (page != null) {
                evidence.learn(table.frameOf(index), page);
            }
        }
        if (!evidence.learned()) {
            return false;
        }
        int contradictions = 0;
        for (long index = 0; index < count; index += step) {
            ByteBuffer page = pages.pageOf(index);
            long frame = page == null ? FrameEvidence.UNKNOWN : evidence.frameOf(page);
            contradictions += frame != FrameEvidence.UNKNOWN && frame != table.frameOf(index) ? 1 : 0;
        }
        return contradictions >= LEAST_AGREEING;
    }

    boolean isTrusting() {
        return pieces.size() == 1
                && pieces.getFirst().known()
                && pieces.getFirst().shift() == 0;
    }

    List<Piece> pieces() {
        return pieces;
    }

    /// The descriptor of a frame that bitmap 2 has, -1 if that cannot be told. Fastest for rising frames.
    long descriptorOf(long pfn) throws IOException {
        if (latest >= pieces.size() || pieces.get(latest).startPfn() > pfn) {
            latest = 0;
        }
        while (latest + 1 < pieces.size() && pieces.get(latest + 1).startPfn() <= pfn) {
            latest++;
        }
        Piece piece = pieces.get(latest);
        return piece.known() ? table.descriptorIndex(pfn) + piece.shift() : -1;
    }

    /// One pass over all pages, in order of their descriptors.
    private static final class Search {

        private final PageTable table;
        private final long described;
        private final FrameEvidence evidence;
        private final Pages pages;
        private final List<Piece> pieces = new ArrayList<>();
        private long shift;
        private long lastAgreeing;
        private long otherShift;
        private long otherFirst;
        private int others;
        private boolean anyAnchor;
        private boolean broken;

        Search(PageTable table, long described, FrameEvidence evidence, Pages pages) {
            this.table = table;
            this.described = described;
            this.evidence = evidence;
            this.pages = pages;
        }

        List<Piece> search() throws IOException {
            pieces.add(new Piece(0, true, 0));
            lastAgreeing = table.range().startPfn() - 1;
            for (long index = 0; index < described; index++) {
                ByteBuffer page = pages.pageOf(index);
                long frame = page == null ? FrameEvidence.UNKNOWN : evidence.frameOf(page);
                if (frame >= 0 && frame < table.endPfn() && table.range().contains(frame)) {
                    anchor(index, frame);
                }
            }
            boolean endAgrees = anyAnchor && shift == described - table.storedPages();
            if (!endAgrees) {
                pieces.add(new Piece(lastAgreeing + 1, false, 0));
            }
            return List.copyOf(pieces);
        }

        private void anchor(long index, long frame) throws IOException {
            long here = index - table.descriptorIndex(frame);
            boolean isPromised = table.stored().get(frame);
            if (here == shift && isPromised) {
                if (broken && frame > lastAgreeing) {
                    pieces.add(new Piece(lastAgreeing + 1, false, 0));
                    pieces.add(new Piece(frame, true, shift));
                }
                broken = false;
                lastAgreeing = Math.max(lastAgreeing, frame);
                others = 0;
                anyAnchor = true;
                return;
            }
            // Wrong bits that cancel each other out.
            broken = true;
            if (!isPromised) {
                return;
            }
            if (others == 0 || here != otherShift) {
                otherShift = here;
                otherFirst = frame;
                others = 0;
            }
            others++;
            if (others == LEAST_AGREEING && otherFirst > lastAgreeing) {
                pieces.add(new Piece(lastAgreeing + 1, false, 0));
                pieces.add(new Piece(otherFirst, true, otherShift));
                shift = otherShift;
                lastAgreeing = frame;
                others = 0;
                broken = false;
                anyAnchor = true;
            }
        }
    }
}
