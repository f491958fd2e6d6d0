package io.inquest.dump.flattened;

import io.inquest.dump.Completeness;
import io.inquest.dump.Dump;
import io.inquest.dump.DumpHeader;
import io.inquest.dump.Machine;
import io.inquest.dump.Note;
import io.inquest.dump.PhysicalMemory;
import io.inquest.dump.PhysicalSegment;
import io.inquest.dump.format.Counted;
import io.inquest.dump.trailer.Trailer;
import io.inquest.dump.verify.Finding;
import io.inquest.dump.verify.Findings;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The dump in a flattened file, which also says how the stream ended.
record FlattenedDump(Dump inner, FlattenedSource source) implements Dump {

    @Override
    public String name() {
        return inner.name();
    }

    @Override
    public Machine machine() {
        return inner.machine();
    }

    @Override
    public PhysicalMemory memory() {
        return inner.memory();
    }

    @Override
    public List<Note> notes() {
        return inner.notes();
    }

    @Override
    public DumpHeader header() {
        return inner.header().withFormat("flattened " + inner.header().format());
    }

    @Override
    public Optional<Trailer> trailer() {
        return inner.trailer();
    }

    @Override
    public Completeness completeness() {
        if (source.damage().isEmpty() && source.conflicts().isEmpty()) {
            return inner.completeness();
        }
        // A stream whose writer lost pages says so behind everything else.
        List<String> losses = new ArrayList<>();
        source.damage().ifPresent(damage -> losses.add(damage.reason()));
        source.contradiction().ifPresent(losses::add);
        losses.addAll(inner.completeness().losses());
        return new Completeness(losses, inner.completeness().dispensable());
    }

    @Override
    public void examine(Findings findings) throws IOException {
        source.damage().ifPresent(findings::add);
        inner.examine(findings);
        for (int i = 0; i < source.conflicts().size(); i++) {
            FlattenedSource.Conflict conflict = source.conflicts().get(i);
            findings.add(Finding.damaged(
                            "records",
                            i == 0
                                    ? source.contradiction().orElseThrow()
                                    : "two records of the flattened stream have different bytes, "
                                            + Counted.of(conflict.end() - conflict.start(), "byte"))
                    .at(conflict.start(), conflict.end() - conflict.start()));
        }
        // Of other writers it is not known what they put there.
        if (inner.trailer().isPresent() && !source.startIsClean()) {
            findings.add(Finding.damaged(
                    "flattened stream",
                    "in the first 4096 bytes of the flattened stream is junk behind its version; no page is affected"));
        }
    }

    /// Where the headers end at the latest: writers send them again when they know more, and the last ones count.
    static long headersEnd(Dump inner) {
        long end = Long.MAX_VALUE;
        for (PhysicalSegment segment : inner.memory().segments()) {
            end = segment.fileBytes() > 0 ? Math.min(end, segment.fileOffset()) : end;
        }
        // The main header and the sub header have a block each.
        return end < Long.MAX_VALUE ? end : 2L << inner.machine().pageShift();
    }

    @Override
    public void close() throws IOException {
        inner.close();
    }
}
