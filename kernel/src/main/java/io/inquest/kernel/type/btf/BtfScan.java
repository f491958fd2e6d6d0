package io.inquest.kernel.type.btf;

import io.inquest.dump.MemoryFault;
import io.inquest.dump.PageState;
import io.inquest.kernel.AddressSpace;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.OptionalLong;

/// Looks through the kernel image for BTF headers.
///
/// The image has several: those of built-in BPF programs, and some of modules. The kernel's own is by far the longest.
final class BtfScan {

    /// The kernel image is smaller, and what is behind it not mapped.
    private static final int MOST_BYTES = 256 << 20;

    /// A hole of this size is the end of the image.
    private static final int LARGEST_HOLE = 8 << 20;

    private static final int PIECE_BYTES = 4096;

    /// Read ahead so that a header which begins in one piece is whole.
    private static final int OVERLAP = BtfHeader.LONGEST;

    private final AddressSpace space;
    private final long from;
    private int longestTypes;
    private long longestAt;
    private int longestBytes;
    private int lostPages;

    /// Looks from an address of the image on.
    BtfScan(AddressSpace space, long from) {
        this.space = space;
        this.from = from & -PIECE_BYTES;
    }

    /// Where the section with the most bytes of types begins, if there is one.
    OptionalLong longest() throws IOException {
        ByteBuffer piece = ByteBuffer.allocate(PIECE_BYTES + OVERLAP).order(space.order());
        int hole = 0;
        for (int done = 0; done < MOST_BYTES && hole < LARGEST_HOLE; done += PIECE_BYTES) {
            if (readable(from + done, piece)) {
                search(piece, from + done);
                hole = 0;
            } else {
                hole += PIECE_BYTES;
            }
        }
        return longestTypes == 0 ? OptionalLong.empty() : OptionalLong.of(longestAt);
    }

    /// Bytes of the section that was found.
    int bytes() {
        return longestBytes;
    }

    /// Pages on the way that the kernel had and the dump lacks.
    int lostPages() {
        return lostPages;
    }

    private boolean readable(long at, ByteBuffer piece) throws IOException {
        try {
            space.read(at, piece.clear());
            return true;
        } catch (MemoryFault withoutOverlap) {
            return readableAlone(at, piece);
        }
    }

    private boolean readableAlone(long at, ByteBuffer piece) throws IOException {
        try {
            space.read(at, piece.clear().limit(PIECE_BYTES));
            return true;
        } catch (MemoryFault missing) {
            lostPages += missing.state() == PageState.ABSENT ? 0 : 1;
            return false;
        }
    }

    /// Sections are aligned to 4 bytes.
    private void search(ByteBuffer piece, long address) {
        piece.flip();
        int first = Math.min(PIECE_BYTES, piece.limit() - BtfHeader.SHORTEST);
        for (int at = 0; at < first; at += Integer.BYTES) {
            if ((piece.getShort(at) & 0xffff) == BtfHeader.MAGIC) {
                consider(piece.slice(at, piece.limit() - at).order(piece.order()), address + at);
            }
        }
    }

    private void consider(ByteBuffer start, long address) {
        try {
            BtfHeader header = BtfHeader.parse(start);
            if (header.typeBytes() > longestTypes && header.stringsAt() >= header.typesAt() + header.typeBytes()) {
                longestTypes = header.typeBytes();
                longestAt = address;
                longestBytes = header.sectionBytes();
            }
        } catch (MalformedBtf otherBytes) {
            // The magic number occurs by chance.
        }
    }
}
