package io.inquest.dump.trailer;

import io.inquest.dump.format.Counted;
import io.inquest.dump.io.ByteSource;
import io.inquest.dump.io.ShiftedSource;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32C;

/// Bytes that were inserted into a dump of Inquest, or removed from it, as a transfer leaves them that was
/// resumed at the wrong place: all behind them is moved, and so is the trailer, which says where it should be.
///
/// Where it was is found by the checksums of blocks: those before hold in place, those behind hold where they
/// are now. In the one between, each place is tried: with the bytes before it from here, and those behind it from
/// there, one gives
/// the checksum.
public final class Shift {

    /// Larger blocks are not held in memory.
    private static final long MOST_BLOCK_BYTES = 16 << 20;

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

    /// The dump without the shift, as far as it can be: what was at the break, or around it, may be a hole.
    public ByteSource undone() throws IOException {
        Trailer trailer = Trailer.atEnd(moved()).orElseThrow(() -> new IOException(source.name() + ": has changed"));
        List<Trailer.Block> blocks = trailer.blocks();
        if (blocks.isEmpty()) {
            return moved();
        }
        boolean[] inPlace = new boolean[blocks.size()];
        boolean[] isMoved = new boolean[blocks.size()];
        long contradictions = 0;
        for (int at = 0; at < blocks.size(); at++) {
            inPlace[at] = blocks.get(at).holdsIn(source);
            isMoved[at] = blocks.get(at).holdsIn(moved());
            contradictions += at > 0 && !isMoved[at] ? 1 : 0;
        }
        // The block with the break is one that leaves the fewest contradictions, with those before and behind it.
        int first = 0;
        int last = 0;
        long least = contradictions;
        for (int at = 1; at < blocks.size(); at++) {
            contradictions += (inPlace[at - 1] ? 0 : 1) - (isMoved[at] ? 0 : 1);
            first = contradictions < least ? at : first;
            last = contradictions <= least ? at : last;
            least = Math.min(least, contradictions);
        }
        return between(trailer, blocks.subList(first, last + 1));
    }

    /// The break is in one of these blocks or behind the last.
    private ByteSource between(Trailer trailer, List<Trailer.Block> blocks) throws IOException {
        Trailer.Block last = blocks.getLast();
        if (last.end() == trailer.offset() && last.holdsIn(source)) {
            return new ShiftedSource(source, last.end(), last.end(), bytes, size);
        }
        for (Trailer.Block block : blocks) {
            long at = breakIn(block);
            if (at >= 0) {
                return new ShiftedSource(source, at, at, bytes, size);
            }
        }
        // Headers are put right otherwise, and that begins with what is in place.
        long start = blocks.getFirst().isHeader()
                ? blocks.getFirst().end()
                : blocks.getFirst().offset();
        return new ShiftedSource(source, start, Math.max(start, last.end()), bytes, size);
    }

    /// The place in a block before which its bytes are in place, and from which on they are moved; -1 if no place gives
    /// its checksum. What was removed is not there to give one.
    private long breakIn(Trailer.Block block) throws IOException {
        if (bytes < 0 || block.bytes() > MOST_BLOCK_BYTES) {
            return -1;
        }
        byte[] here = read(source, block);
        byte[] there = read(moved(), block);
        CRC32C crc = new CRC32C();
        crc.update(here, 0, here.length);
        int rest = (int) crc.getValue() ^ block.crc();
        CrcDelta delta = new CrcDelta();
        for (int at = here.length; at > 0 && rest != 0; delta.back()) {
            at--;
            rest ^= delta.of(here[at] ^ there[at]);
            if (rest == 0) {
                return block.offset() + at;
            }
        }
        return rest == 0 ? block.end() : -1;
    }

    private static byte[] read(ByteSource where, Trailer.Block block) throws IOException {
        byte[] read = new byte[(int) block.bytes()];
        where.readFully(block.offset(), ByteBuffer.wrap(read));
        return read;
    }
}
