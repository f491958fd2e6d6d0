package io.inquest.dump.trailer;

import io.inquest.dump.Note;
import io.inquest.dump.Warnings;
import io.inquest.dump.format.Zeros;
import io.inquest.dump.io.ByteSource;
import io.inquest.dump.io.PatchedSource;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.ClosedChannelException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.zip.CRC32C;

/// The trailer of a dump that Inquest wrote, see [TrailerWriter]. Safe for many threads.
public final class Trailer implements ExclusionCodes {

    private static final long MOST_DIRECTORY_BYTES = 64 << 20;
    private static final int READ_BYTES = 1 << 20;

    /// More than the class map, of at most 8 MiB, and the checksums have.
    private static final int MOST_TRAILER_BYTES = 32 << 20;

    /// A trailer begins with a compressed chunk or a table's number: zeros are neither.
    private static final int FIRST_BYTES = 16;

    private final ByteSource source;
    private final Footer footer;
    private final ClassMap classes;
    private final ByteBuffer checksums;

    private Trailer(ByteSource source, Footer footer, ClassMap classes, ByteBuffer checksums) {
        this.source = source;
        this.footer = footer;
        this.classes = classes;
        this.checksums = checksums;
    }

    /// The trailer at the end of `source`, if it is there and whole, also where no note announces it: a whole
    /// trailer is there by no accident, and says that it is the notes that are damaged.
    ///
    /// A dump that was cut, or filtered again by another program, has lost its trailer and nothing else. Only a
    /// trailer that is announced and there but damaged is worth a warning.
    public static Optional<Trailer> find(List<Note> notes, ByteSource source, Warnings warnings) {
        return find(source, isAnnounced(notes) ? warnings : Warnings.NONE);
    }

    /// Whether the notes of a dump announce a trailer.
    public static boolean isAnnounced(List<Note> notes) {
        return TrailerNote.isAmong(notes);
    }

    /// Whether the file ends neither with a trailer nor with a damaged one.
    public static boolean isMissing(ByteSource source) throws IOException {
        long size = source.size();
        return size < Footer.BYTES || !Footer.isAnnounced(read(source, size - Footer.BYTES, Footer.BYTES));
    }

    /// What is to be told of a file whose trailer is lost, of which the dump before ends at `dataEnd`.
    public static String lossOf(ByteSource source, long dataEnd) {
        return source.size() > dataEnd
                ? "the file ends at byte " + source.size() + " inside the trailer that its notes announce: all pages"
                        + " are there, and only their checksums and why others were left out are lost"
                : "the trailer that its notes announce is missing: the file was cut where it begins, at byte "
                        + dataEnd + ", or another program wrote it anew without; all pages are there, and only their"
                        + " checksums and why others were left out are lost";
    }

    /// Whether a lost trailer was at least begun at `offset`, where it belongs: not, if a download that reserved
    /// the space of all has left zeros there, and who knows from where on.
    public static boolean beginsAt(ByteSource source, long offset) throws IOException {
        ByteBuffer start = ByteBuffer.allocate((int) Math.min(FIRST_BYTES, source.size() - offset));
        source.readFully(offset, start);
        return !Zeros.only(start.array(), 0, start.capacity());
    }

    /// What is to be told where a lost trailer was not even begun.
    public static String absence(long offset) {
        return "from byte " + offset
                + " on, where its notes announce a trailer, are zeros: it was not copied to its end,"
                + " and pages before may be zeros as well";
    }

    /// Where in the file it begins: directly behind all else.
    public long offset() {
        return footer.trailerOffset();
    }

    /// One past its last byte: what the file has behind it is not of the dump.
    public long end() {
        return footer.trailerEnd();
    }

    /// The trailer at the end of `source`, where the notes have not been read yet.
    public static Optional<Trailer> atEnd(ByteSource source) {
        return find(source, Warnings.NONE);
    }

    /// The trailer that begins at `dataEnd` or soon behind it in a file that goes on behind its end: a disk, or
    /// one that was filled up. Its last bytes are looked for, which say where they lie.
    /// Nothing is told if it is not there or the file cannot be read there.
    public static Optional<Trailer> behind(ByteSource source, long dataEnd) {
        try {
            return search(source, dataEnd, dataEnd + Math.min(source.size() - dataEnd, MOST_TRAILER_BYTES));
        } catch (IOException unreadable) {
            return Optional.empty();
        }
    }

    /// Holes are passed over: a trailer that lies in one is none.
    private static Optional<Trailer> search(ByteSource source, long from, long end) throws IOException {
        ByteBuffer part = ByteBuffer.allocate((int) Math.min(READ_BYTES, Math.max(end - from, 0)));
        long at = source.nextData(from);
        while (at <= end - Footer.BYTES) {
            long dataEnd = Math.min(source.nextHole(at), end);
            part.clear().limit((int) Math.min(READ_BYTES, dataEnd - at));
            source.readFully(at, part);
            Optional<Trailer> trailer = searchPart(source, part.flip(), at);
            if (trailer.isPresent()) {
                return trailer;
            }
            long read = at + part.limit();
            // The next part has the footer that this one cuts.
            at = read == dataEnd ? source.nextData(read) : read - Footer.BYTES + 1;
        }
        return Optional.empty();
    }

    private static Optional<Trailer> searchPart(ByteSource source, ByteBuffer part, long offset) throws IOException {
        for (int i = 0; i <= part.limit() - Footer.BYTES; i++) {
            if (part.get(i) == Footer.FIRST_BYTE) {
                ByteBuffer bytes = part.slice(i, Footer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
                Optional<Trailer> trailer = endingWith(source, bytes, offset + i + Footer.BYTES);
                if (trailer.isPresent()) {
                    return trailer;
                }
            }
        }
        return Optional.empty();
    }

    private static Optional<Trailer> endingWith(ByteSource source, ByteBuffer bytes, long end) throws IOException {
        Optional<Footer> footer = Footer.parse(bytes);
        return footer.isPresent() && footer.get().fits(end) ? open(source, footer.get()) : Optional.empty();
    }

    private static Optional<Trailer> find(ByteSource source, Warnings warnings) {
        long size = source.size();
        if (size < Footer.BYTES) {
            return Optional.empty();
        }
        try {
            ByteBuffer end = read(source, size - Footer.BYTES, Footer.BYTES);
            if (!Footer.isAnnounced(end)) {
                return Optional.empty();
            }
            Optional<Trailer> trailer = endingWith(source, end, size);
            Optional<Shift> shift = trailer.isEmpty() ? Shift.of(source) : Optional.empty();
            if (shift.isPresent()) {
                warnings.warn(source.name() + ": " + shift.get().sentence());
            } else if (trailer.isEmpty()) {
                warnings.warn(
                        source.name() + ": the trailer at its end is damaged or of a newer version; why pages were"
                                + " left out is not known and checksums cannot be verified, all else is as good as before");
            }
            return trailer;
        } catch (IOException e) {
            warnings.warn(source.name() + ": the trailer at its end cannot be read: " + e.getMessage());
            return Optional.empty();
        }
    }

    private static Optional<Trailer> open(ByteSource source, Footer footer) throws IOException {
        long directoryBytes = footer.checksumsOffset() + footer.checksumsBytes() - footer.indexOffset();
        if (directoryBytes > MOST_DIRECTORY_BYTES) {
            return Optional.empty();
        }
        ByteBuffer directory = read(source, footer.trailerOffset() + footer.indexOffset(), (int) directoryBytes);
        CRC32C crc = new CRC32C();
        crc.update(directory.duplicate());
        if ((int) crc.getValue() != footer.directoryCrc()) {
            return Optional.empty();
        }
        Optional<ClassMapIndex> index =
                ClassMapIndex.parse(directory, (int) footer.indexEntries(), footer.indexOffset());
        if (index.isEmpty()) {
            return Optional.empty();
        }
        ClassMap classes = new ClassMap(source, footer.trailerOffset(), index.get());
        return Optional.of(
                new Trailer(source, footer, classes, directory.slice().order(ByteOrder.LITTLE_ENDIAN)));
    }

    private static ByteBuffer read(ByteSource source, long offset, int size) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
        source.readFully(offset, bytes);
        return bytes.flip();
    }

    /// The class code that was recorded for a frame that was left out; nothing for one that was kept, or where
    /// the map is damaged. Never throws.
    @Override
    public OptionalInt exclusionCode(long pfn) {
        OptionalInt code = classes.code(pfn);
        return code.isPresent() && code.getAsInt() == UNKNOWN_CLASS ? OptionalInt.empty() : code;
    }

    /// Whether the class map says that a frame was left out, if not why. Never throws.
    public boolean isLeftOut(long pfn) {
        return classes.code(pfn).isPresent();
    }

    @Override
    public long sameCodeUntil(long pfn) {
        return classes.sameCodeUntil(pfn);
    }

    /// Adds all runs of the class map to another one, so that both are the same. Runs that are damaged are
    /// lost, and those behind them too.
    public void copyClassesTo(ClassMapWriter target) {
        boolean whole = classes.copyTo(target);
        if (!whole || !classMapIsWhole()) {
            target.cut();
        }
    }

    /// Whether the class map speaks of all frames; it ends early if it had become too large.
    public boolean classMapIsWhole() {
        return (footer.flags() & Footer.CLASS_MAP_CUT) == 0;
    }

    /// Reads the whole dump and compares it with its checksums. Empty: nothing is damaged.
    public List<Damage> verify() throws IOException {
        List<Damage> damage = new ArrayList<>(classes.verify());
        ByteBuffer part = ByteBuffer.allocate(READ_BYTES);
        forEachBlock(
                (section, offset, bytes, expected) -> {
                    OptionalInt found = checksum(source, offset, bytes, part);
                    if (found.isEmpty() || found.getAsInt() != expected) {
                        new Damage(section, offset, bytes).addTo(damage);
                    }
                },
                damage);
        return damage;
    }

    /// Bytes `[start, end)` of the file.
    public record Extent(long start, long end) {}

    /// The place of a section in the file, if it has checksums and is not empty.
    public Optional<Extent> extentOf(Section section) throws IOException {
        OptionalLong start = offsetOf(section);
        if (start.isEmpty()) {
            return Optional.empty();
        }
        long[] end = {start.getAsLong()};
        forEachBlock(
                (label, offset, bytes, expected) ->
                        end[0] = label.equals(section.label()) ? Math.max(end[0], offset + bytes) : end[0],
                new ArrayList<>());
        return Optional.of(new Extent(start.getAsLong(), end[0]));
    }

    /// Where a section begins in the file, if it has checksums.
    public OptionalLong offsetOf(Section section) throws IOException {
        List<Long> found = new ArrayList<>();
        forEachBlock(
                (label, offset, bytes, expected) -> {
                    if (found.isEmpty() && label.equals(section.label())) {
                        found.add(offset);
                    }
                },
                new ArrayList<>());
        return found.isEmpty() ? OptionalLong.empty() : OptionalLong.of(found.getFirst());
    }

    /// The checksum that the block at `offset` of the file was written with, if one begins there.
    public OptionalInt checksumAt(long offset) throws IOException {
        List<Integer> found = new ArrayList<>();
        forEachBlock(
                (label, at, bytes, expected) -> {
                    if (at == offset) {
                        found.add(expected);
                    }
                },
                new ArrayList<>());
        return found.isEmpty() ? OptionalInt.empty() : OptionalInt.of(found.getFirst());
    }

    /// What [#repair] did.
    ///
    /// @param repaired places where one bit was wrong and is right now
    /// @param left blocks that are still damaged
    public record Repair(List<Damage> repaired, List<Damage> left) {

        public Repair {
            repaired = List.copyOf(repaired);
            left = List.copyOf(left);
        }

        /// Says what was repaired, a sentence for each place.
        public void tell(Consumer<String> told) {
            for (Damage place : repaired) {
                told.accept("a wrong bit in byte " + place.offset() + " (" + place.section()
                        + ") was found by its checksum");
            }
        }
    }

    /// Turns over, in `patched`, each single wrong bit of headers that explains why a checksum does not hold.
    /// The trailer must have been read from `patched`.
    ///
    /// Damage of more bits sometimes looks like that of one. Headers are examined after that; of tables and
    /// pages nothing would tell that the wrong bit was turned, and of tables other things tell what is right.
    public Repair repair(PatchedSource patched) throws IOException {
        List<Damage> repaired = new ArrayList<>();
        List<Damage> left = new ArrayList<>(classes.verify());
        ByteBuffer part = ByteBuffer.allocate(READ_BYTES);
        forEachBlock(
                (section, offset, bytes, expected) -> {
                    OptionalInt found = checksum(source, offset, bytes, part);
                    if (found.isEmpty()) {
                        left.add(new Damage(section, offset, bytes));
                    } else if (found.getAsInt() != expected) {
                        long bit = Section.isHead(section) ? SingleBit.find(found.getAsInt(), expected, bytes) : -1;
                        if (bit >= 0) {
                            patched.flip(offset + bit / Byte.SIZE, (int) (bit % Byte.SIZE));
                            repaired.add(new Damage(section, offset + bit / Byte.SIZE, 1));
                        } else {
                            left.add(new Damage(section, offset, bytes));
                        }
                    }
                },
                left);
        return new Repair(repaired, left);
    }

    /// Takes a block and the checksum that it should have.
    @FunctionalInterface
    private interface BlockVisitor {
        void visit(String section, long offset, long bytes, int expected) throws IOException;
    }

    private void forEachBlock(BlockVisitor visitor, List<Damage> damage) throws IOException {
        ByteBuffer tables = checksums.duplicate().order(ByteOrder.LITTLE_ENDIAN);
        while (tables.remaining() >= SectionChecksum.HEADER_BYTES) {
            String section = Section.labelOf(tables.getInt());
            int blockShift = tables.getInt();
            long offset = tables.getLong();
            long end = offset + tables.getLong();
            boolean sound = blockShift >= SectionChecksum.LEAST_BLOCK_SHIFT && blockShift < Long.SIZE - 1;
            if (!sound || offset < 0 || end < offset || end > footer.trailerOffset()) {
                damage.add(new Damage("checksum table of the " + section, footer.trailerOffset(), tables.limit()));
                return;
            }
            for (long at = offset; at < end && tables.remaining() >= Integer.BYTES; at += 1L << blockShift) {
                visitor.visit(section, at, Math.min(1L << blockShift, end - at), tables.getInt());
            }
        }
    }

    /// A stretch of the file and the checksum that it was written with.
    record Block(String section, long offset, long bytes, int crc) {

        long end() {
            return offset + bytes;
        }

        /// Whether it is the begin of a file.
        boolean isHeader() {
            return Section.isHead(section);
        }

        /// Whether it has its checksum at its place in `where`.
        boolean holdsIn(ByteSource where) throws IOException {
            OptionalInt found = checksum(where, offset, bytes, ByteBuffer.allocate(READ_BYTES));
            return found.isPresent() && found.getAsInt() == crc;
        }
    }

    /// All that has checksums, in order of the file.
    List<Block> blocks() throws IOException {
        List<Block> blocks = new ArrayList<>();
        forEachBlock(
                (section, offset, bytes, expected) -> blocks.add(new Block(section, offset, bytes, expected)),
                new ArrayList<>());
        blocks.sort(Comparator.comparingLong(Block::offset));
        return blocks;
    }

    /// The checksum of the bytes, unless they cannot be read.
    private static OptionalInt checksum(ByteSource source, long offset, long bytes, ByteBuffer part)
            throws IOException {
        try {
            return OptionalInt.of(crcOf(source, offset, bytes, part));
        } catch (ClosedChannelException closed) {
            throw closed;
        } catch (IOException refused) {
            return OptionalInt.empty();
        }
    }

    private static int crcOf(ByteSource source, long offset, long bytes, ByteBuffer part) throws IOException {
        CRC32C crc = new CRC32C();
        for (long at = 0; at < bytes; at += part.limit()) {
            part.clear().limit((int) Math.min(bytes - at, READ_BYTES));
            source.readFully(offset + at, part);
            crc.update(part.flip());
        }
        return (int) crc.getValue();
    }
}
