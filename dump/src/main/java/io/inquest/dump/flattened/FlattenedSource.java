package io.inquest.dump.flattened;

import io.inquest.dump.DumpException;
import io.inquest.dump.format.Counted;
import io.inquest.dump.format.ExtentMap;
import io.inquest.dump.format.Zeros;
import io.inquest.dump.io.ByteSource;
import io.inquest.dump.verify.Finding;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A dump inside a flattened file, read in place without rearranging it; the format is that of [FlattenedStream].
///
/// Opening walks over the headers of all records. A file that ends too early holds what its records hold.
public final class FlattenedSource implements ByteSource {

    private static final int COMPARED_BYTES = 64 << 10;
    private static final int MOST_CONFLICTS = 1 << 10;

    private final ByteSource file;
    private final RecordIndex index;
    private final ExtentMap extents;
    private final ExtentMap stretches;
    private final Optional<Finding> damage;
    private final List<Conflict> conflicts;
    private final RecordGroups groups;

    private FlattenedSource(ByteSource file, RecordIndex index, Optional<Finding> damage) {
        this.file = file;
        this.index = index;
        this.damage = damage;
        this.conflicts = List.of();
        groups = new RecordGroups(file, index);
        extents = index.extents();
        stretches = extents.joined();
    }

    private FlattenedSource(FlattenedSource other, List<Conflict> conflicts) {
        this.file = other.file;
        this.index = other.index;
        this.damage = other.damage;
        this.conflicts = List.copyOf(conflicts);
        groups = other.groups;
        extents = other.extents;
        ExtentMap trusted = other.stretches;
        for (Conflict conflict : conflicts) {
            trusted = trusted.without(conflict.start(), conflict.end());
        }
        stretches = trusted;
    }

    /// Reads the headers of the records of `file`, which is closed with this source; if this throws, by the caller.
    public static FlattenedSource open(ByteSource file) throws IOException {
        return open(file, false);
    }

    /// The same; with `passesOver` a record whose header is damaged does not end the stream, and is passed over.
    static FlattenedSource open(ByteSource file, boolean passesOver) throws IOException {
        ByteBuffer start = ByteBuffer.allocate(StartHeader.BYTES);
        fill(file, 0, start);
        FlattenedException problem = StartHeader.problem(file.name(), start.flip());
        if (problem != null) {
            throw problem;
        }
        RecordIndex index = new RecordIndex();
        Resynchronisation behindDamage = new Resynchronisation(file);
        ByteBuffer header = ByteBuffer.allocate(FlattenedStream.RECORD_HEADER_BYTES);
        long at = StartHeader.BYTES;
        boolean searches = passesOver;
        while (true) {
            fill(file, at, header.clear());
            if (header.hasRemaining()) {
                return cut(
                        file,
                        index,
                        Finding.missing(
                                "flattened stream",
                                "the flattened stream ends at byte " + file.size() + " without an end record"));
            }
            long offset = header.getLong(0);
            long size = header.getLong(8);
            if (offset == -1 && size == -1) {
                return new FlattenedSource(file, index, Optional.empty());
            }
            if (searches && !behindDamage.isSound(at, offset, size)) {
                long next = behindDamage.next(at + header.capacity());
                if (next >= 0) {
                    index.breakGroup();
                    at = next;
                    continue;
                }
                // Where nothing follows, as in the zeros of a half-done download, a search from each place on never
                // ends.
                searches = false;
            }
            if (offset < 0 || size < 0 || offset > Long.MAX_VALUE - size) {
                return cut(
                        file,
                        index,
                        Finding.damaged(
                                        "flattened stream",
                                        "the record at byte " + at + " of the flattened stream is damaged (offset "
                                                + offset + ", size " + size + ") and those behind it are lost")
                                .at(at, header.capacity()));
            }
            long available = file.size() - at - header.capacity();
            add(file, index, at, offset, Math.min(size, available));
            if (size > available) {
                return cut(
                        file,
                        index,
                        Finding.missing(
                                "flattened stream",
                                "the flattened stream ends at byte " + file.size() + " inside a record"));
            }
            at += header.capacity() + size;
        }
    }

    private static void add(ByteSource file, RecordIndex index, long at, long offset, long size) throws DumpException {
        try {
            index.add(at, offset, size);
        } catch (DumpException scattered) {
            throw new DumpException(file.name() + ": " + scattered.getMessage(), scattered);
        }
    }

    private static FlattenedSource cut(ByteSource file, RecordIndex index, Finding damage) {
        return new FlattenedSource(file, index, Optional.of(damage));
    }

    /// Why some records may be missing, if so.
    public Optional<Finding> damage() {
        return damage;
    }

    /// Bytes `[start, end)` of the dump of which two records say different things.
    record Conflict(long start, long end) {}

    /// The same stream without what two records say differently from `from` on in the dump: nobody can tell
    /// which of them belongs elsewhere, so it is a hole. Before that are headers, which writers send again.
    FlattenedSource withoutConflicts(long from) throws IOException {
        if (!index.mayOverlap(stretches, from)) {
            return this;
        }
        List<Conflict> found = new ArrayList<>();
        for (int number = 0; number < index.groups(); number++) {
            RecordGroup group = groups.load(number);
            for (int record = 0; record < group.records && found.size() < MOST_CONFLICTS; record++) {
                findConflicts(group, record, Math.max(from, group.starts[record]), found);
            }
        }
        return found.isEmpty() ? this : new FlattenedSource(this, found);
    }

    /// Whether any two records are of the same bytes of the dump.
    boolean overlaps() {
        return index.mayOverlap(stretches, 0);
    }

    /// What was taken out because two records say different things.
    List<Conflict> conflicts() {
        return conflicts;
    }

    /// The same in one sentence, if anything was.
    Optional<String> contradiction() {
        if (conflicts.isEmpty()) {
            return Optional.empty();
        }
        Conflict first = conflicts.getFirst();
        return Optional.of("two records of the flattened stream have different bytes for the same place of the dump, "
                + Counted.of(first.end() - first.start(), "byte") + " at byte " + first.start()
                + (conflicts.size() == 1 ? "" : ", and " + Counted.of(conflicts.size() - 1, "place") + " more")
                + ": one of them belongs elsewhere, so what is there is lost");
    }

    /// What no record covers is a hole.
    @Override
    public long nextData(long offset) {
        int stretch = stretches.at(offset);
        return stretch == stretches.size() ? size() : Math.max(offset, stretches.start(stretch));
    }

    @Override
    public long nextHole(long offset) {
        int stretch = stretches.at(offset);
        boolean inHole = stretch == stretches.size() || stretches.start(stretch) > offset;
        return Math.min(inHole ? offset : stretches.end(stretch), size());
    }

    @Override
    public String name() {
        return file.name();
    }

    /// One past the last byte that a record covers: the size that the rearranged file would have.
    @Override
    public long size() {
        return index.end();
    }

    @Override
    public int read(long offset, ByteBuffer target) throws IOException {
        if (offset < 0 || offset >= size()) {
            return -1;
        }
        if (!target.hasRemaining()) {
            return 0;
        }
        long data = nextData(offset);
        if (data > offset) {
            int length = (int) Math.min(target.remaining(), data - offset);
            Zeros.fill(target, target.position(), target.position() + length);
            target.position(target.position() + length);
            return length;
        }
        int extent = extents.at(offset);
        RecordGroup group = groups.group(index.group(extents.owner(extent)));
        int record = group.find(offset);
        if (record < 0) {
            throw changed();
        }
        long end = Math.min(Math.min(extents.end(extent), nextHole(offset)), group.limit(record, offset));
        int length = (int) Math.min(target.remaining(), end - offset);
        int limit = target.limit();
        target.limit(target.position() + length);
        try {
            file.readFully(group.positions[record] + (offset - group.starts[record]), target);
        } finally {
            target.limit(limit);
        }
        return length;
    }

    private DumpException changed() {
        return new DumpException(name() + ": changed while it was read; open it again when it is complete");
    }

    /// Adds what a record says differently from a later one.
    private void findConflicts(RecordGroup group, int record, long from, List<Conflict> found) throws IOException {
        for (long at = from; at < group.ends[record]; ) {
            int extent = extents.at(at);
            if (extent == extents.size() || extents.start(extent) > at) {
                throw changed();
            }
            long end = Math.min(group.ends[record], extents.end(extent));
            boolean wins = index.group(extents.owner(extent)) == group.index;
            if (wins) {
                int winner = group.find(at);
                end = Math.min(end, group.limit(winner, at));
                wins = winner == record;
            }
            if (!wins && !hasSameBytes(at, end, group.positions[record] + (at - group.starts[record]))) {
                found.add(new Conflict(at, end));
            }
            at = end;
        }
    }

    /// Whether the dump has between `start` and `end` what lies at `position` of the stream.
    private boolean hasSameBytes(long start, long end, long position) throws IOException {
        ByteBuffer here = ByteBuffer.allocate((int) Math.min(end - start, COMPARED_BYTES));
        ByteBuffer there = ByteBuffer.allocate(here.capacity());
        for (long done = 0; done < end - start; done += here.limit()) {
            int length = (int) Math.min(here.capacity(), end - start - done);
            readFully(start + done, here.clear().limit(length));
            file.readFully(position + done, there.clear().limit(length));
            if (!here.flip().equals(there.flip())) {
                return false;
            }
        }
        return true;
    }

    /// Whether all is zero that the first block of the stream has behind its fields.
    boolean startIsClean() throws IOException {
        ByteBuffer start = ByteBuffer.allocate(StartHeader.BYTES);
        file.readFully(0, start);
        return Zeros.only(start.array(), StartHeader.FIELDS_BYTES, StartHeader.BYTES);
    }

    /// Fills `target` as far as the file goes.
    static void fill(ByteSource file, long at, ByteBuffer target) throws IOException {
        long offset = at;
        while (target.hasRemaining()) {
            int n = file.read(offset, target);
            if (n < 0) {
                return;
            }
            offset += n;
        }
    }

    @Override
    public void close() throws IOException {
        file.close();
    }

    @Override
    public String toString() {
        return name();
    }
}
