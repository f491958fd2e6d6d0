package io.inquest.dump.kdump;

import io.inquest.dump.io.PatchedSource;
import io.inquest.dump.salvage.SalvageLog;
import io.inquest.dump.salvage.SuspectPlaces;
import io.inquest.dump.trailer.Damage;
import io.inquest.dump.trailer.Section;
import io.inquest.dump.trailer.Trailer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.zip.CRC32C;

/// Makes damaged blocks of the bitmaps again, from the class map of the trailer and from each other: of the frames
/// of the machine (bitmap 1) those are in the dump (bitmap 2) that were not left out (class map). What is made is
/// believed only if it has the checksum of the block.
///
/// Where a block is damaged in both bitmaps, each bit in which they disagree is tried from either.
final class BitmapsByClasses {

    /// Larger blocks are those of bitmaps of more than a TiB, which no machine has.
    private static final int MOST_BLOCK_BYTES = 16 << 20;

    /// Bits in which the bitmaps disagree, of which all combinations are tried: 2^14 checksums of less than a
    /// millisecond.
    private static final int MOST_DISPUTED = 14;

    private final PatchedSource source;
    private final Trailer trailer;
    private final OptionalLong existingAt;
    private final OptionalLong storedAt;

    private BitmapsByClasses(PatchedSource source, Trailer trailer) throws IOException {
        this.source = source;
        this.trailer = trailer;
        existingAt = trailer.offsetOf(Section.EXISTING_FRAMES);
        storedAt = trailer.offsetOf(Section.STORED_FRAMES);
    }

    /// Patches what it can repair in `source`, which `trailer` was read from; answers what is suspect behind that.
    static SuspectPlaces repair(PatchedSource source, Trailer trailer, SuspectPlaces suspects, SalvageLog log)
            throws IOException {
        BitmapsByClasses repair = new BitmapsByClasses(source, trailer);
        if (!trailer.classMapIsWhole() || repair.existingAt.isEmpty() || repair.storedAt.isEmpty()) {
            return suspects;
        }
        // Bitmap 1 is made of bitmap 2, so that comes first.
        SuspectPlaces left = repair.repair(Section.STORED_FRAMES, suspects, log);
        return repair.repair(Section.EXISTING_FRAMES, left, log);
    }

    private SuspectPlaces repair(Section bitmap, SuspectPlaces suspects, SalvageLog log) throws IOException {
        List<Damage> left = new ArrayList<>();
        boolean repaired = false;
        for (Damage place : suspects.places()) {
            boolean isOurs = place.section().equals(bitmap.label()) && place.bytes() <= MOST_BLOCK_BYTES;
            if (isOurs && repairBlock(bitmap, place)) {
                repaired = true;
            } else {
                left.add(place);
            }
        }
        if (repaired) {
            log.repaired(bitmap.label() + " was damaged and was made again from the classes of the trailer");
        }
        return new SuspectPlaces(left);
    }

    private boolean repairBlock(Section bitmap, Damage place) throws IOException {
        OptionalInt checksum = trailer.checksumAt(place.offset());
        if (checksum.isEmpty()) {
            return false;
        }
        boolean isStored = bitmap == Section.STORED_FRAMES;
        long at = place.offset() - (isStored ? storedAt : existingAt).getAsLong();
        int bytes = Math.toIntExact(place.bytes());
        byte[] existing = read(existingAt.getAsLong() + at, bytes);
        byte[] stored = read(storedAt.getAsLong() + at, bytes);
        byte[] leftOut = leftOut(at << 3, bytes);
        for (int i = 0; i < bytes; i++) {
            // What the block is by the one bitmap, and by the other.
            byte byExisting = (byte) (isStored ? existing[i] & ~leftOut[i] : existing[i] | leftOut[i]);
            byte byStored = (byte) (isStored ? stored[i] & ~leftOut[i] : stored[i] | leftOut[i]);
            existing[i] = byExisting;
            stored[i] = byStored;
        }
        byte[] made = isStored
                ? choose(existing, stored, checksum.getAsInt())
                : choose(stored, existing, checksum.getAsInt());
        if (made.length == 0) {
            return false;
        }
        source.patch(place.offset(), made);
        return true;
    }

    /// The bytes that have the checksum: the likely ones, or with some of the others where the two differ. Nothing if
    /// none have it.
    private static byte[] choose(byte[] likely, byte[] other, int checksum) {
        List<Integer> disputed = new ArrayList<>();
        for (int i = 0; i < likely.length; i++) {
            for (int bits = (likely[i] ^ other[i]) & 0xff; bits != 0; bits &= bits - 1) {
                disputed.add(i * Byte.SIZE + Integer.numberOfTrailingZeros(bits));
            }
        }
        int choices = disputed.size() > MOST_DISPUTED ? 1 : 1 << disputed.size();
        for (int choice = 0; choice < choices; choice++) {
            byte[] made = likely.clone();
            for (int rest = choice; rest != 0; rest &= rest - 1) {
                int bit = disputed.get(Integer.numberOfTrailingZeros(rest));
                made[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
            }
            CRC32C crc = new CRC32C();
            crc.update(made, 0, made.length);
            if ((int) crc.getValue() == checksum) {
                return made;
            }
        }
        return new byte[0];
    }

    private byte[] read(long at, int bytes) throws IOException {
        byte[] target = new byte[bytes];
        source.readFully(at, ByteBuffer.wrap(target));
        return target;
    }

    /// The bits of the frames from `first` on that the class map says were left out.
    private byte[] leftOut(long first, int bytes) {
        byte[] bits = new byte[bytes];
        long end = first + 8L * bytes;
        for (long pfn = first; pfn < end; ) {
            long until = Math.clamp(trailer.sameCodeUntil(pfn), pfn + 1, end);
            if (trailer.isLeftOut(pfn)) {
                for (long at = pfn; at < until; at++) {
                    bits[(int) ((at - first) >>> 3)] |= (byte) (1 << (at & 7));
                }
            }
            pfn = until;
        }
        return bits;
    }
}
