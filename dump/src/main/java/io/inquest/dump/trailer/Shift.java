package io.inquest.dump.trailer;

import io.inquest.dump.format.Counted;
import io.inquest.dump.io.ByteSource;
import io.inquest.dump.io.ShiftedSource;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

/// Bytes that were inserted into a dump of Inquest, or removed from it, as a transfer leaves them that was
/// resumed at the wrong place: all behind them is moved, and so is the trailer, which says where it should
/// be.
///
/// Where it was is found by the checksums of blocks: those before hold in place, those behind hold where they
/// are now. In the one between, each place is tried, see [BrokenBlock].
public final class Shift {

    private final ByteSource source;
    private final long bytes;
    private final long size;

    private Shift(ByteSource source, long bytes, long size) {
        this.source = source;
        this.bytes = bytes;
        this.size = size;
    }

    /// By how much the trailer at the end of `source` is moved, if it is whole and is not where it says.
    public static Optional<Shift> of(ByteSource source) throws IOException {
        if (source.size() < Footer.BYTES) {
            return Optional.empty();
        }
        ByteBuffer end = ByteBuffer.allocate(Footer.BYTES);
        source.readFully(source.size() - Footer.BYTES, end);
        Optional<Footer> footer = Footer.parse(end.flip());
        if (footer.isEmpty()) {
            return Optional.empty();
        }
        long size = footer.get().trailerEnd();
        if (!footer.get().fits(size) || size == source.size()) {
            return Optional.empty();
        }
        Shift shift = new Shift(source, source.size() - size, size);
        return Trailer.atEnd(shift.moved()).isPresent() ? Optional.of(shift) : Optional.empty();
    }

    /// All of it where it is now.
    private ByteSource moved() {
        return new ShiftedSource(source, 0, 0, bytes, size);
    }

    /// What is to be told of a file that is read as it is.
    String sentence() {
        return what() + " somewhere before the trailer at its end: what is read from there on is wrong";
    }

    /// What is to be told of it where the shift is undone.
    public String repair() {
        return what() + "; what lies behind that place was found by checksums where it is";
    }

    private String what() {
        return Counted.of(Math.abs(bytes), "byte") + (bytes > 0 ? " inserted into the file" : " missing in the file");
    }

    /// How many bytes were inserted; below 0, how many are missing.
    public long bytes() {
        return bytes;
    }

    /// The stretch of the undamaged dump in which the break is: all before it is in place, all from its end
    /// on is moved. Empty if it is known to the byte.
    public Trailer.Extent around() throws IOException {
        Trailer trailer = trailer();
        List<Trailer.Block> blocks = trailer.blocks();
        if (blocks.isEmpty()) {
            return new Trailer.Extent(0, 0);
        }
        Trailer.Extent broken = broken(blocks);
        long start = broken.start();
        for (Trailer.Block block : blocks) {
            boolean isBroken = block.offset() >= broken.start() && block.end() <= broken.end();
            if (isBroken && bytes > 0) {
                long at = BrokenBlock.of(block, source, moved(), bytes).inserted();
                if (at >= 0) {
                    return new Trailer.Extent(at, at);
                }
            }
            // Headers are put right otherwise, and that begins with what is in place.
            start = isBroken && block.isHeader() && block.offset() == broken.start() ? block.end() : start;
        }
        return new Trailer.Extent(start, broken.end());
    }

    /// The place from which on bytes are missing that repeated `pattern`, counted from the begin of `around`;
    /// nothing unless a checksum proves it.
    public Optional<Trailer.Extent> missing(Trailer.Extent around, byte[] pattern) throws IOException {
        for (Trailer.Block block : trailer().blocks()) {
            if (block.offset() >= around.start() && block.end() <= around.end()) {
                long at = BrokenBlock.of(block, source, moved(), bytes)
                        .missing(pattern, (int) ((block.offset() - around.start()) % pattern.length));
                if (at >= 0) {
                    return Optional.of(new Trailer.Extent(at, at - bytes));
                }
            }
        }
        return Optional.empty();
    }

    /// The dump without the shift, as far as it can be: what was at the break, or around it, is a hole.
    public ByteSource undone(Trailer.Extent lost) {
        return new ShiftedSource(source, lost.start(), lost.end(), bytes, size);
    }

    private Trailer trailer() throws IOException {
        return Trailer.atEnd(moved()).orElseThrow(() -> new IOException(source.name() + ": has changed"));
    }

    /// The block with the break, or several of which one has it: those that leave the fewest contradictions,
    /// with those before in place and those behind moved. Empty if it is between two blocks.
    private Trailer.Extent broken(List<Trailer.Block> blocks) throws IOException {
        boolean[] inPlace = new boolean[blocks.size()];
        boolean[] isMoved = new boolean[blocks.size()];
        long contradictions = 0;
        for (int at = 0; at < blocks.size(); at++) {
            inPlace[at] = blocks.get(at).holdsIn(source);
            isMoved[at] = blocks.get(at).holdsIn(moved());
            contradictions += at > 0 && !isMoved[at] ? 1 : 0;
        }
        int first = 0;
        int last = 0;
        long least = contradictions;
        for (int at = 1; at < blocks.size(); at++) {
            contradictions += (inPlace[at - 1] ? 0 : 1) - (isMoved[at] ? 0 : 1);
            first = contradictions < least ? at : first;
            last = contradictions <= least ? at : last;
            least = Math.min(least, contradictions);
        }
        while (last > first && isMoved[last]) {
            last--;
        }
        while (first < last && inPlace[first]) {
            first++;
        }
        long start =
                inPlace[first] ? blocks.get(first).end() : blocks.get(first).offset();
        long end = isMoved[last] ? blocks.get(last).offset() : blocks.get(last).end();
        return new Trailer.Extent(start, Math.max(start, end));
    }
}
